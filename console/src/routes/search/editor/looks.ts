import { EditorView } from "@codemirror/view";

/** The editor drawn with the console's own colours, in either theme. */
export const editorLooks = EditorView.theme({
  "&": { fontSize: "14px", color: "var(--tw-text)", backgroundColor: "transparent", width: "100%" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": {
    fontFamily: "var(--mantine-font-family)",
    lineHeight: "22px",
    maxHeight: "88px",
    overflowX: "hidden",
  },
  ".cm-content": { padding: "6px 0", caretColor: "var(--tw-text)", minWidth: "0" },
  ".cm-line": { padding: "0", overflowWrap: "anywhere" },
  ".cm-placeholder": { color: "var(--tw-text-faint)" },
  ".tw-q-field": { color: "var(--tw-field)" },
  ".tw-q-value": { color: "var(--tw-string)" },
  ".tw-q-operator": { color: "var(--tw-operator)", fontWeight: "600" },
  ".tw-q-faint": { color: "var(--tw-text-faint)" },
  ".tw-q-error": { textDecoration: "underline wavy var(--tw-bad)", textUnderlineOffset: "3px" },
  ".cm-tooltip": {
    border: "1px solid var(--tw-line-strong)",
    borderRadius: "8px",
    backgroundColor: "var(--tw-raised)",
    color: "var(--tw-text)",
    boxShadow: "var(--tw-shadow)",
    overflow: "hidden",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--mantine-font-family)",
    minWidth: "320px",
    maxHeight: "320px",
    padding: "4px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    alignItems: "baseline",
    gap: "10px",
    padding: "4px 8px",
    borderRadius: "5px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--tw-accent-soft)",
    color: "var(--tw-text)",
  },
  ".cm-completionLabel": { flex: "none", maxWidth: "320px", overflow: "hidden", textOverflow: "ellipsis" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": {
    flex: "1",
    marginLeft: "0",
    overflow: "hidden",
    color: "var(--tw-text-faint)",
    fontStyle: "normal",
    fontSize: "12px",
    textAlign: "right",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  },
});
