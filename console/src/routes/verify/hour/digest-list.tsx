import { Icon, type IconName } from "../../../parts/icon.tsx";
import { formatClock, formatInstant } from "../../../parts/instants.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { JudgedDigest } from "../../../verify-api.ts";
import { useZone } from "../../collect/titled-page.tsx";
import { ObjectName } from "../object-name.tsx";
import classes from "./hour.module.css";

const looks: Readonly<Record<JudgedDigest["verdict"], readonly [word: string, icon: IconName, tone: string]>> = {
  broken: ["Broken", "warning", "bad"],
  missing: ["Missing", "absent", "bad"],
  unproven: ["Unproven", "unknown", "open"],
  valid: ["Valid", "check", "fine"],
};

const order = Object.keys(looks);

/** The digests that speak for an hour; the bad ones first. */
export function DigestList({ digests }: { readonly digests: readonly JudgedDigest[] }) {
  const zone = useZone();
  const sorted = digests.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  return (
    <ul className={classes["list"]} aria-label="Digests">
      {sorted.map(({ name, startsAt, endsAt, verdict, chainSince, sentence }) => {
        const [word, icon, tone] = looks[verdict];
        return (
          <li key={`${name}${endsAt}`} data-tone={tone}>
            <span className={classes["sign"]} title={word}>
              <Icon name={icon} size={15} />
            </span>
            <div>
              <ObjectName label={word} name={name} isLead />
              <p className={verdict === "valid" ? classes["soft"] : classes["sentence"]}>
                <VisibleText text={sentence} />
              </p>
              <p className={classes["soft"]}>
                Speaks for {startsAt === null ? "the time" : formatClock(startsAt, zone)} to {formatClock(endsAt, zone)}
                {chainSince === null ? "" : `; chain unbroken since ${formatInstant(chainSince, zone)}`}
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
