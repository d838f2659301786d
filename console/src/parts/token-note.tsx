import { useState } from "react";
import { giveToken, useAccess } from "../access-token.ts";
import controls from "./controls.module.css";
import { useAnnounce } from "./copy-text.tsx";
import { AskForm } from "./dialog-form.tsx";
import { Dialog } from "./dialog.tsx";
import { Icon } from "./icon.tsx";
import { TextField } from "./text-field.tsx";
import classes from "./token-note.module.css";

/** Says why nothing can be changed from here, and takes the token that changes that. */
export function TokenNote() {
  const { mayChange, isRefused } = useAccess();
  const [isOpen, setOpen] = useState(false);
  if (mayChange) return null;
  return (
    <aside className={classes["note"]} aria-label="Only looking">
      <Icon name="key" size={16} />
      <p>
        {isRefused
          ? "The token is no longer good, the server was started again: open the address that it printed, or paste its token."
          : "You can look, not change: open the address that the server printed, or paste its token."}
      </p>
      <button
        type="button"
        className={`${controls["button"]} ${controls["small"]}`}
        onClick={() => {
          setOpen(true);
        }}
      >
        Paste token
      </button>
      <Dialog
        title="Paste the token"
        isOpen={isOpen}
        onClose={() => {
          setOpen(false);
        }}
      >
        <TokenForm
          onDone={() => {
            setOpen(false);
          }}
        />
      </Dialog>
    </aside>
  );
}

function TokenForm({ onDone }: { readonly onDone: () => void }) {
  const announce = useAnnounce();
  const [text, setText] = useState("");
  const [isWrong, setWrong] = useState(false);
  return (
    <AskForm
      yes="Use it"
      isOwn
      onSend={() => {
        if (!giveToken(text)) {
          setWrong(true);
          return;
        }
        announce("You can change things now");
        onDone();
      }}
    >
      <p>
        It stands behind <code>#token=</code> in the address that <code>trailwarden serve</code> printed, and in{" "}
        <code>server.json</code> in the data folder. It is kept in this tab only.
      </p>
      <TextField
        title="Token, or the whole address"
        type="password"
        autoFocus
        autoComplete="off"
        problem={isWrong ? "There is no token in that" : undefined}
        text={text}
        onText={(next) => {
          setText(next);
          setWrong(false);
        }}
      />
    </AskForm>
  );
}
