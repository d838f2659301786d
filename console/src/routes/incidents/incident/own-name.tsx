import { useState } from "react";
import { AskForm } from "../../../parts/dialog-form.tsx";
import { Dialog } from "../../../parts/dialog.tsx";
import { keepOwnName, useOwnName } from "../../../parts/own-name.ts";
import { TextField } from "../../../parts/text-field.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import classes from "./sections.module.css";

/** In whose name things are changed here; there are no accounts of people, so it is what they say. */
export function OwnName() {
  const name = useOwnName();
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    setOpen(false);
  };
  return (
    <span className={classes["soft"]}>
      {name === "" ? (
        "Nobody has said who you are. "
      ) : (
        <>
          As <VisibleText text={name} />.{" "}
        </>
      )}
      <button
        type="button"
        className={classes["textButton"]}
        onClick={() => {
          setOpen(true);
        }}
      >
        {name === "" ? "Say your name" : "Change the name"}
      </button>
      <Dialog title="Your name" isOpen={isOpen} onClose={close}>
        <NameForm first={name} onDone={close} />
      </Dialog>
    </span>
  );
}

function NameForm({ first, onDone }: { readonly first: string; readonly onDone: () => void }) {
  const [name, setName] = useState(first);
  return (
    <AskForm
      yes="Keep it"
      isOwn
      onSend={() => {
        keepOwnName(name);
        onDone();
      }}
    >
      <p>It stands in the history beside what you change. It is kept in this browser and proves nothing.</p>
      <TextField title="Name" autoFocus autoComplete="name" maxLength={100} text={name} onText={setName} />
    </AskForm>
  );
}
