import { Link, useLocation } from "@tanstack/react-router";
import { TitledPage, useTz, type TitledPageProps } from "../collect/titled-page.tsx";

const pages = [
  ["/setup/$name", "The way"],
  ["/setup/$name/plan", "Plan"],
  ["/setup/$name/cost", "Bill"],
  ["/setup/$name/history", "History"],
  ["/setup/$name/role", "Role"],
] as const;

export interface SetupFrameProps extends TitledPageProps {
  /** The account under care that the page is about. */
  readonly name?: string;
}

/** The pages of set-up; those of one account have links to each other. */
export function SetupFrame({ name, ...props }: SetupFrameProps) {
  const tz = useTz();
  const path = useLocation({ select: (location) => location.pathname.replace(/\/$/, "") });
  const plain = { activeOptions: { exact: true, includeSearch: false } };
  const ownPages =
    name === undefined
      ? null
      : pages.map(([to, title]) => (
          <Link
            key={to}
            to={to}
            params={{ name }}
            search={tz}
            data-current={path === to.replace("$name", encodeURIComponent(name))}
            {...plain}
          >
            {title}
          </Link>
        ));
  const links = (
    <>
      <Link to="/setup" search={tz} data-current={name === undefined} {...plain}>
        All accounts
      </Link>
      {ownPages}
    </>
  );
  return <TitledPage {...props} pages={{ label: "Set-up", links }} />;
}
