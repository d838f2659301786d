import { Link } from "@tanstack/react-router";
import { Icon } from "../../../parts/icon.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { NextQuestion } from "../../../incidents-api.ts";
import { useTz } from "../../../parts/titled-page.tsx";
import shared from "../../setup/setup.module.css";
import classes from "./sections.module.css";

/** Searches that whoever looks into it would run next. */
export function QuestionsSection({ questions }: { readonly questions: readonly NextQuestion[] }) {
  const tz = useTz();
  if (questions.length === 0) return null;
  return (
    <section className={shared["card"]} aria-label="What to ask next">
      <h2>What to ask next</h2>
      <ul className={classes["questions"]}>
        {questions.map(({ question, query, from, to }, index) => (
          <li key={index}>
            <Link to="/" search={{ ...tz, query, from, to }}>
              <Icon name="search" size={13} />
              <span>
                <VisibleText text={question} />
                <code>
                  <VisibleText text={query} />
                </code>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
