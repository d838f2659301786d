import { Link, useLocation, type LinkProps } from "@tanstack/react-router";
import { TitledPage, useTz, type TitledPageProps } from "./titled-page.tsx";

/** A page of a station that the row of links leads to, and what the link says. */
export type StationPage = readonly [to: NonNullable<LinkProps["to"]>, name: string];

export interface StationFrameProps extends TitledPageProps {
  /** The station's name. */
  readonly label: string;
  /** Its pages; what lies below the address of one belongs to it. */
  readonly pages: readonly StationPage[];
  /** What stands for `$name` in their addresses. */
  readonly name?: string;
}

/** The pages of a station have one bar, one row of links and one kind of title. */
export function StationFrame({ label, pages, name = "", ...props }: StationFrameProps) {
  const tz = useTz();
  const path = useLocation({ select: (location) => location.pathname });
  const current = pages.findLast(([to]) => path.startsWith(to.replace("$name", encodeURIComponent(name))))?.[0];
  const links = pages.map(([to, title]) => (
    <Link
      key={to}
      to={to}
      params={{ name }}
      search={tz}
      data-current={to === current}
      activeOptions={{ exact: true, includeSearch: false }}
    >
      {title}
    </Link>
  ));
  return <TitledPage {...props} pages={{ label, links }} />;
}
