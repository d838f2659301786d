import { Link, useLocation } from "@tanstack/react-router";
import { TitledPage, useTz, type TitledPageProps } from "../collect/titled-page.tsx";

const pages = [
  ["/detect", "Rules"],
  ["/detect/coverage", "Coverage"],
  ["/detect/searches", "Saved searches"],
  ["/detect/threat-lists", "Threat lists"],
] as const;

/** The pages of detecting have one bar, one row of links and one kind of title. */
export function DetectFrame(props: TitledPageProps) {
  const tz = useTz();
  const path = useLocation({ select: (location) => location.pathname });
  // A rule belongs to the list of rules.
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
  return <TitledPage {...props} pages={{ label: "Detect", links }} />;
}
