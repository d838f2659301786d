import { StationFrame, type StationPage } from "../../parts/station-frame.tsx";
import type { TitledPageProps } from "../../parts/titled-page.tsx";

const all: StationPage = ["/setup", "All accounts"];

const ofOne: readonly StationPage[] = [
  ["/setup/$name", "The way"],
  ["/setup/$name/plan", "Plan"],
  ["/setup/$name/cost", "Bill"],
  ["/setup/$name/history", "History"],
  ["/setup/$name/role", "Role"],
];

export interface SetupFrameProps extends TitledPageProps {
  /** The account under care that the page is about. */
  readonly name?: string;
}

/** The pages of set-up; those of one account have links to each other. */
export function SetupFrame({ name, ...props }: SetupFrameProps) {
  return name === undefined ? (
    <StationFrame label="Set-up" pages={[all]} {...props} />
  ) : (
    <StationFrame label="Set-up" pages={[all, ...ofOne]} name={name} {...props} />
  );
}
