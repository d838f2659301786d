import { useMemo } from "react";
import { CopyLines } from "./copy-lines.tsx";
import classes from "./markdown.module.css";
import { readMarkdown, type Block, type Inline } from "./read-markdown.ts";
import { VisibleText } from "./visible-text.tsx";

/** Markdown of a rule, which a stranger may have written: it becomes elements of ours, and HTML in it stays text. */
export function Markdown({ text }: { readonly text: string }) {
  const blocks = useMemo(() => readMarkdown(text), [text]);
  return (
    <div className={classes["markdown"]}>
      {blocks.map((block, index) => (
        <BlockOf key={index} block={block} />
      ))}
    </div>
  );
}

function BlockOf({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case "paragraph":
      return (
        <p>
          <Line pieces={block.inside} />
        </p>
      );
    case "heading":
      return (
        <p className={classes["heading"]}>
          <Line pieces={block.inside} />
        </p>
      );
    case "list": {
      const items = block.items.map((pieces, index) => (
        <li key={index}>
          <Line pieces={pieces} />
        </li>
      ));
      return block.isOrdered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case "code":
      return <CopyLines text={block.text} label="Lines of the text" />;
  }
}

function Line({ pieces }: { readonly pieces: readonly Inline[] }) {
  return pieces.map((piece, index) => <Piece key={index} piece={piece} />);
}

function Piece({ piece }: { readonly piece: Inline }) {
  switch (piece.kind) {
    case "text":
      return <VisibleText text={piece.text} />;
    case "code":
      return (
        <code>
          <VisibleText text={piece.text} />
        </code>
      );
    case "strong":
      return (
        <strong>
          <Line pieces={piece.inside} />
        </strong>
      );
    case "emphasis":
      return (
        <em>
          <Line pieces={piece.inside} />
        </em>
      );
    case "link":
      return (
        <a href={piece.to} target="_blank" rel="noreferrer" title={piece.to}>
          <Line pieces={piece.inside} />
        </a>
      );
  }
}
