import { useId, useState } from "react";
import controls from "../../../parts/controls.module.css";
import { Dialog } from "../../../parts/dialog.tsx";
import { keepOwnName, useOwnName } from "../../../parts/own-name.ts";
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
  const id = useId();
  const [name, setName] = useState(first);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        keepOwnName(name);
        onDone();
      }}
    >
      <p>It stands in the history beside what you change. It is kept in this browser and proves nothing.</p>
      <label htmlFor={id}>Name</label>
      <input
        id={id}
        className={controls["input"]}
        autoFocus
        autoComplete="name"
        maxLength={100}
        value={name}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <div className={`${controls["buttons"]} ${classes["end"]}`}>
        <button type="submit" className={`${controls["button"]} ${controls["main"]}`}>
          Keep it
        </button>
        <button type="button" className={controls["button"]} onClick={onDone}>
          Cancel
        </button>
      </div>
    </form>
  );
}
