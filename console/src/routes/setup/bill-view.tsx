import type { Bill, BillLine } from "../../setup-types.ts";
import { Icon } from "../../parts/icon.tsx";
import { countOf } from "../../parts/numbers.ts";
import { VisibleText } from "../../parts/visible-text.tsx";
import { DataTable, type Columns } from "../collect/data-table.tsx";
import classes from "./bill-view.module.css";
import { linesByTrail } from "./lines-by-trail.ts";
import { addedWords, formatMicros, formatPrice, formatQuantity } from "./money.ts";
import shared from "./setup.module.css";

interface BillViewProps {
  readonly bill: Bill;
  readonly label: string;
  /** The lines wait behind a word, where the sum is what matters first. */
  readonly isFolded?: boolean;
}

/** What it costs a month: first the sum, or what a plan adds to it; then each line, with where its price is from. */
export function BillView({ bill, label, isFolded = false }: BillViewProps) {
  const { lines, basis, warnings, unknowns, totalMicros, addedMicros } = bill;
  return (
    <div className={classes["bill"]}>
      <p className={classes["sum"]} data-testid="sum">
        <strong>{addedMicros === null ? formatMicros(totalMicros) : capital(addedWords(addedMicros))}</strong> a month
      </p>
      <p>{sumSentence(bill)}</p>
      {basis === "" ? null : (
        <p className={shared["soft"]}>
          <VisibleText text={basis} />
        </p>
      )}
      <WordList label="Warnings" icon="warning" words={warnings} />
      {isFolded && lines.length > 0 ? (
        <details className={shared["more"]}>
          <summary>Line by line</summary>
          <BillLines lines={lines} label={label} />
        </details>
      ) : (
        <BillLines lines={lines} label={label} />
      )}
      {unknowns.length === 0 ? null : (
        <details className={shared["more"]}>
          <summary>
            {countOf(unknowns.length, "thing")} {unknowns.length === 1 ? "is" : "are"} not known, so that the sum may be
            another
          </summary>
          <WordList label="What is not known" icon="unknown" words={unknowns} />
        </details>
      )}
    </div>
  );
}

function BillLines({ lines, label }: { readonly lines: readonly BillLine[]; readonly label: string }) {
  return linesByTrail(lines).map(({ name, trailArn, sumMicros, own }) => (
    <div key={trailArn} className={classes["trail"]}>
      <h3>
        <VisibleText text={`Trail ${name}`} />: {formatMicros(sumMicros)} a month
      </h3>
      <DataTable
        label={`${label}: ${name}`}
        rows={own.map((line, index) => ({ line, key: `${String(index)} ${line.what}` }))}
        keyOf={({ key }) => key}
        columns={columns}
      />
    </div>
  ));
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** The sum in plain words; what is free is said to be free, and never a saving. */
function sumSentence({ lines, totalMicros, addedMicros }: Bill): string {
  const free = lines.filter(({ isFree }) => isFree).length;
  const rest = free === 0 ? "" : ` ${free === 1 ? "One of the lines is" : `${free} of the lines are`} free.`;
  if (addedMicros !== null) {
    return `That is what the plan adds to your AWS bill. All trails of the account then cost ${formatMicros(totalMicros)} a month, by the lines below.${rest}`;
  }
  if (totalMicros === 0) return `AWS charges nothing for it, as far as the lines below go.${rest}`;
  return `That is what AWS charges for it, by the lines below.${rest}`;
}

interface WordListProps {
  readonly label: string;
  readonly icon: "warning" | "unknown";
  readonly words: readonly string[];
}

function WordList({ label, icon, words }: WordListProps) {
  if (words.length === 0) return null;
  return (
    <ul className={shared["words"]} data-look="warn" aria-label={label}>
      {words.map((each) => (
        <li key={each}>
          <Icon name={icon} />
          <VisibleText text={each} />
        </li>
      ))}
    </ul>
  );
}

interface Row {
  readonly line: BillLine;
  readonly key: string;
}

const columns: Columns<Row> = [
  {
    name: "What",
    cell: ({ line }) => (
      <>
        <VisibleText text={line.what} />
        <small>
          <VisibleText text={line.why} />
        </small>
      </>
    ),
  },
  {
    name: "How many",
    isNumber: true,
    cell: ({ line }) => (
      <>
        {line.isAtMost ? "at most " : ""}
        <VisibleText text={formatQuantity(line.quantity, line.unit)} />
      </>
    ),
  },
  {
    name: "Price",
    isNumber: true,
    cell: ({ line }) => (line.isFree ? "free" : <VisibleText text={formatPrice(line.unitPrice, line.unit)} />),
  },
  {
    name: "A month",
    isNumber: true,
    cell: ({ line }) => <span className={classes["amount"]}>{formatMicros(line.amountMicros)}</span>,
  },
  {
    name: "Price is from",
    cell: ({ line }) => <VisibleText text={line.source} className={classes["source"]} />,
  },
];
