import {
  acceptCompletion,
  autocompletion,
  closeCompletion,
  completionStatus,
  moveCompletionSelection,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import { completeFrom, type AskValues } from "./completion.ts";
import { queryColors } from "./colors.ts";
import { editorLooks } from "./looks.ts";

export interface CodeEditorOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly selection: readonly [from: number, to: number];
  readonly label: string;
  readonly placeholder: string;
  readonly onText: (text: string) => void;
  readonly onRun: () => void;
  readonly onEscape: () => void;
  /** Down from the last line: on to the answers. */
  readonly onLeave: () => void;
  /** Values of a field that contain some text, with how often each occurs. */
  readonly valuesOf: AskValues;
}

/** The editor as the page handles it. */
export interface CodeEditor {
  readonly text: () => string;
  /** Puts another text in, as when a filter was clicked; the cursor goes to its end. */
  readonly setText: (text: string) => void;
  readonly focus: () => void;
  readonly focusAll: () => void;
  readonly blur: () => void;
  readonly destroy: () => void;
}

/** The search line as an editor: colours, completion, undo; one logical line, whatever is pasted. */
export function createCodeEditor(options: CodeEditorOptions): CodeEditor {
  const keys = Prec.highest(
    keymap.of([
      {
        key: "Enter",
        run: (view) => {
          if (completionStatus(view.state) === "active" && acceptCompletion(view)) return true;
          closeCompletion(view);
          options.onRun();
          return true;
        },
      },
      {
        key: "ArrowDown",
        run: (view) => {
          const { doc, selection } = view.state;
          const isLastLine = view.moveVertically(selection.main, true).head === doc.length;
          if (completionStatus(view.state) !== null || !isLastLine) return false;
          options.onLeave();
          return true;
        },
      },
      {
        key: "Tab",
        run: (view) => {
          const status = completionStatus(view.state);
          if (status === null) return false;
          if (acceptCompletion(view)) return true;
          moveCompletionSelection(true)(view);
          // While the list is being renewed it takes no choice, but neither may the key leave the line.
          return acceptCompletion(view) || status === "pending";
        },
      },
      {
        key: "Escape",
        run: (view) => {
          if (completionStatus(view.state) !== null) return false;
          options.onEscape();
          return true;
        },
      },
    ]),
  );
  const oneLine = EditorState.transactionFilter.of((change) => {
    if (!change.docChanged || change.newDoc.lines === 1) return change;
    const text = change.newDoc.toString().replace(/\s*\n\s*/g, " ");
    return {
      changes: { from: 0, to: change.startState.doc.length, insert: text },
      selection: { anchor: text.length },
    };
  });
  const [anchor, head] = options.selection;
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.text,
      selection: { anchor, head },
      extensions: [
        keys,
        oneLine,
        history(),
        keymap.of([...historyKeymap, ...defaultKeymap]),
        EditorView.lineWrapping,
        placeholder(options.placeholder),
        queryColors,
        autocompletion({
          override: [completeFrom(options.valuesOf)],
          selectOnOpen: false,
          // Nothing is chosen until someone chooses, so keys need not wait lest they choose by accident.
          interactionDelay: 0,
          icons: false,
          activateOnTypingDelay: 80,
          maxRenderedOptions: 40,
        }),
        editorLooks,
        EditorView.contentAttributes.of({
          "aria-label": options.label,
          role: "searchbox",
          autocapitalize: "off",
          autocorrect: "off",
          spellcheck: "false",
          enterkeyhint: "search",
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) options.onText(update.state.doc.toString());
        }),
      ],
    }),
  });
  return handleOf(view);
}

function handleOf(view: EditorView): CodeEditor {
  const text = (): string => view.state.doc.toString();
  return {
    text,
    setText: (next) => {
      if (text() === next) return;
      const changes = { from: 0, to: view.state.doc.length, insert: next };
      view.dispatch({ changes, selection: { anchor: next.length } });
    },
    focus: () => {
      view.focus();
    },
    focusAll: () => {
      view.focus();
      view.dispatch({ selection: { anchor: 0, head: view.state.doc.length } });
    },
    blur: () => {
      view.contentDOM.blur();
    },
    destroy: () => {
      view.destroy();
    },
  };
}
