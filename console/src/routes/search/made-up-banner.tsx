import { useQuery } from "@tanstack/react-query";
import { fetchInfo } from "../../api.ts";
import classes from "./made-up-banner.module.css";

const usualNote = "These events are made up, so that you can look around; nothing here happened in a real account.";

/** Says that the events are made up, where the server says so. */
export function MadeUpBanner() {
  const info = useQuery({ queryKey: ["info"], queryFn: ({ signal }) => fetchInfo(signal), staleTime: Infinity });
  if (info.data?.madeUp !== true) return null;
  return (
    <aside className={classes["banner"]} aria-label="Made-up events">
      <strong>Made-up events</strong>
      <span>{info.data.madeUpNote ?? usualNote}</span>
    </aside>
  );
}
