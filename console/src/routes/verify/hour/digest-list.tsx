import { Icon, type IconName } from "../../../parts/icon.tsx";
import { formatClock, formatInstant } from "../../../parts/instants.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { JudgedDigest } from "../../../verify-api.ts";
import { useZone } from "../../../parts/titled-page.tsx";
import { ObjectName } from "../object-name.tsx";
import classes from "./hour.module.css";
import { ShortList } from "./short-list.tsx";

const looks: Readonly<Record<JudgedDigest["verdict"], readonly [word: string, icon: IconName, tone: string]>> = {
  broken: ["Broken", "warning", "bad"],
  missing: ["Missing", "absent", "bad"],
  unproven: ["Unproven", "unknown", "open"],
  valid: ["Valid", "check", "fine"],
};

const order = Object.keys(looks);

/** The digests that speak for an hour; the bad ones first. */
export function DigestList({ digests }: { readonly digests: readonly JudgedDigest[] }) {
  const sorted = digests.toSorted((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
  return (
    <ShortList label="Digests" fineName="valid digest" items={sorted} isFine={({ verdict }) => verdict === "valid"}>
      {(digest) => <DigestItem key={`${digest.name}${digest.endsAt}`} digest={digest} />}
    </ShortList>
  );
}

function DigestItem({ digest }: { readonly digest: JudgedDigest }) {
  const zone = useZone();
  const { name, startsAt, endsAt, verdict, chainSince, sentence } = digest;
  const [word, icon, tone] = looks[verdict];
  return (
    <li data-tone={tone}>
      <span className={classes["sign"]} title={word}>
        <Icon name={icon} size={15} />
      </span>
      <div>
        <ObjectName label={word} name={name} isLead />
        {/* Of a valid one the sentence says nothing that is not said here. */}
        {verdict === "valid" ? null : (
          <p className={classes["sentence"]}>
            <VisibleText text={sentence} />
          </p>
        )}
        <p className={classes["soft"]}>
          Speaks for {startsAt === null ? "the time" : formatClock(startsAt, zone)} to {formatClock(endsAt, zone)}
          {chainSince === null ? "" : `; chain unbroken since ${formatInstant(chainSince, zone)}`}
        </p>
      </div>
    </li>
  );
}
