import { Link, useLocation } from "@tanstack/react-router";
import { TitledPage, useTz, type TitledPageProps } from "../collect/titled-page.tsx";

const pages = [
  ["/notify", "Channels"],
  ["/notify/routes", "Routes"],
  ["/notify/deliveries", "Deliveries"],
] as const;

/** The pages of notifying have one bar, one row of links and one kind of title. */
export function NotifyFrame(props: TitledPageProps) {
  const tz = useTz();
  const path = useLocation({ select: (location) => location.pathname });
  const current = pages.findLast(([to]) => path.startsWith(to))?.[0];
  const links = pages.map(([to, name]) => (
    <Link
      key={to}
      to={to}
      search={tz}
      data-current={to === current}
      activeOptions={{ exact: true, includeSearch: false }}
    >
      {name}
    </Link>
  ));
  return <TitledPage {...props} pages={{ label: "Notify", links }} />;
}
