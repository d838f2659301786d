import { useId, useState } from "react";
import { giveToken, useAccess } from "../../access-token.ts";
import controls from "../../parts/controls.module.css";
import { useAnnounce } from "../../parts/copy-text.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Icon } from "../../parts/icon.tsx";
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
  const id = useId();
  const announce = useAnnounce();
  const [text, setText] = useState("");
  const [isWrong, setWrong] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!giveToken(text)) {
          setWrong(true);
          return;
        }
        announce("You can change things now");
        onDone();
      }}
    >
      <p id={`${id}-help`}>
        It stands behind <code>#token=</code> in the address that <code>trailwarden serve</code> printed, and in{" "}
        <code>server.json</code> in the data folder. It is kept in this tab only.
      </p>
      <label htmlFor={id}>Token, or the whole address</label>
      <input
        id={id}
        type="password"
        autoFocus
        autoComplete="off"
        className={controls["input"]}
        value={text}
        aria-describedby={`${id}-help`}
        aria-invalid={isWrong}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(false);
        }}
      />
      {isWrong ? (
        <p role="alert" className={classes["wrong"]}>
          There is no token in that
        </p>
      ) : null}
      <div className={`${controls["buttons"]} ${classes["end"]}`}>
        <button type="submit" className={`${controls["button"]} ${controls["main"]}`}>
          Use it
        </button>
        <button type="button" className={controls["button"]} onClick={onDone}>
          Cancel
        </button>
      </div>
    </form>
  );
}
