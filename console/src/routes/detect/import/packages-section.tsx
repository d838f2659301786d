import { removePackage, type RulePackage } from "../../../detect-api.ts";
import { VisibleText } from "../../../parts/visible-text.tsx";
import { DataTable, type Columns } from "../../collect/data-table.tsx";
import { Moment } from "../../collect/moment.tsx";
import { RemoveButton } from "../../../parts/remove-button.tsx";
import { useAskAgain, usePackages } from "../use-detect.ts";
import classes from "./import.module.css";

/** The packages of rules that were brought in; nothing where there are none. */
export function PackagesSection() {
  const packages = usePackages();
  if (packages.data === undefined || packages.data.length === 0) return null;
  return (
    <section className={classes["packages"]} aria-label="Imported packages">
      <h2>Imported packages</h2>
      <DataTable label="Imported packages" rows={packages.data} keyOf={({ name }) => name} columns={columns} />
    </section>
  );
}

const columns: Columns<RulePackage> = [
  { name: "Name", cell: ({ name }) => <VisibleText text={name} /> },
  { name: "From", cell: ({ origin }) => <VisibleText text={origin} /> },
  { name: "Licence", cell: ({ license }) => <VisibleText text={license === "" ? "–" : license} /> },
  { name: "Author", cell: ({ author }) => <VisibleText text={author === "" ? "–" : author} /> },
  { name: "Imported", cell: ({ importedAt }) => <Moment at={importedAt} /> },
  { name: "Change", cell: ({ name }) => <RemovePackage name={name} /> },
];

function RemovePackage({ name }: { readonly name: string }) {
  return (
    <RemoveButton name={name} yes="Remove its rules" remove={() => removePackage(name)} onRemoved={useAskAgain()} />
  );
}
