import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useId, useState } from "react";
import { addFilter } from "../../../collect-api.ts";
import controls from "../../../parts/controls.module.css";
import { useAnnounce } from "../../../parts/copy-text.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { ChangeButton } from "../../../parts/change-button.tsx";
import { useTz } from "../../../parts/titled-page.tsx";
import { useAskAgain } from "../use-collect.ts";
import classes from "./filters.module.css";

/** A new filter; what it would drop can be looked at before. */
export function FilterForm() {
  const id = useId();
  const tz = useTz();
  const announce = useAnnounce();
  const askAgain = useAskAgain();
  const [name, setName] = useState("");
  const [query, setQuery] = useState("");
  const add = useMutation({
    mutationFn: addFilter,
    onSuccess: (filter) => {
      announce(`${filter.name} drops events from now on`);
      setName("");
      setQuery("");
      askAgain("filters");
    },
  });
  const isFilled = name.trim() !== "" && query.trim() !== "";
  return (
    <form
      className={classes["form"]}
      aria-label="New filter"
      onSubmit={(event) => {
        event.preventDefault();
        if (isFilled) add.mutate({ name: name.trim(), query: query.trim() });
      }}
    >
      <div>
        <label htmlFor={`${id}-name`}>Name</label>
        <input
          id={`${id}-name`}
          className={controls["input"]}
          value={name}
          placeholder="health-checks"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={63}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
      </div>
      <div className={classes["query"]}>
        <label htmlFor={`${id}-query`}>Drop events that answer this query, in the language of search</label>
        <input
          id={`${id}-query`}
          className={controls["input"]}
          value={query}
          placeholder="eventName:Describe* user:monitoring -error:*"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => {
            setQuery(event.target.value);
          }}
        />
      </div>
      <div className={controls["buttons"]}>
        <ChangeButton look="main" isBusy={add.isPending || !isFilled}>
          Add filter
        </ChangeButton>
        {query.trim() === "" ? null : (
          <Link to="/" search={{ ...tz, query: query.trim() }} target="_blank" className={classes["look"]}>
            See what it would have dropped
          </Link>
        )}
      </div>
      {add.isError ? <ProblemNote error={add.error} /> : null}
    </form>
  );
}
