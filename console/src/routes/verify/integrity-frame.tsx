import { Link, useLocation } from "@tanstack/react-router";
import { TitledPage, useTz, type TitledPageProps } from "../collect/titled-page.tsx";

const pages = [
  ["/integrity", "Hours"],
  ["/integrity/findings", "Findings"],
  ["/integrity/days", "Days"],
  ["/integrity/chains", "Chains"],
] as const;

/** The pages of integrity have one bar, one row of links and one kind of title. */
export function IntegrityFrame(props: TitledPageProps) {
  const tz = useTz();
  const path = useLocation({ select: (location) => location.pathname.replace(/\/$/, "") });
  const links = pages.map(([to, name]) => (
    <Link key={to} to={to} search={tz} data-current={to === path} activeOptions={{ exact: true, includeSearch: false }}>
      {name}
    </Link>
  ));
  return <TitledPage {...props} pages={{ label: "Integrity", links }} />;
}
