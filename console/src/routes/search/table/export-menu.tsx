import { Menu } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { exportAddress } from "../../../api.ts";
import type { ExportFormat, Question } from "../../../api.ts";
import { Icon } from "../../../parts/icon.tsx";
import type { Zone } from "../../../parts/instants.ts";
import classes from "./menus.module.css";

const formats: readonly (readonly [format: ExportFormat, title: string, note: string])[] = [
  ["ndjson", "NDJSON", "whole records, one a line"],
  ["json", "JSON", "whole records, one list"],
  ["csv", "CSV", "one row an event, safe to open in a spreadsheet"],
];

// Brought in when it is opened: few searches end in a case.
const CaseDialog = lazy(async () => ({ default: (await import("../proof/case-dialog.tsx")).CaseDialog }));

export interface ExportMenuProps {
  readonly question: Question;
  readonly paths: readonly string[];
  readonly zone: Zone;
}

/** Downloads everything that the search finds, not only what is on screen. */
export function ExportMenu({ question, paths, zone }: ExportMenuProps) {
  const [isCaseOpen, setCaseOpen] = useState(false);
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={300}>
        <Menu.Target>
          <button type="button" className={classes["tool"]}>
            <Icon name="download" /> <span>Export</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {formats.map(([format, title, note]) => (
            <Menu.Item key={format} component="a" href={exportAddress(question, format, paths)} download>
              {title} <span className={classes["note"]}>{note}</span>
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item
            onClick={() => {
              setCaseOpen(true);
            }}
          >
            Case file… <span className={classes["note"]}>sealed, with the proof of every record</span>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {isCaseOpen ? (
        <Suspense>
          <CaseDialog
            question={question}
            zone={zone}
            onClose={() => {
              setCaseOpen(false);
            }}
          />
        </Suspense>
      ) : null}
    </>
  );
}
