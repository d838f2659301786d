import { type Document, isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Node } from "yaml";
import { SigmaFault } from "../fault.ts";
import { documentsMax, fileLengthMax, nestingMax, nodesMax } from "../limits.ts";
import { checkNesting } from "./check-nesting.ts";
import type { YamlNode } from "./yaml-node.ts";

/** One document of a file: what stands in it, or what is wrong with it. Empty ones are left out. */
export type YamlReading =
  | { readonly ok: true; readonly root: YamlNode }
  | { readonly ok: false; readonly fault: SigmaFault };

/** Reads a file of YAML 1.2 (core schema) that may be anybody's: no tags, no directives, no merge keys, no bombs. */
export function readYaml(text: string): readonly YamlReading[] {
  try {
    if (text.length > fileLengthMax) {
      throw new SigmaFault(`A file of rules may have ${fileLengthMax} characters`, 0);
    }
    checkNesting(text);
    const documents = parseAllDocuments(text, {
      prettyErrors: false,
      version: "1.2",
      schema: "core",
      uniqueKeys: true,
    });
    if (documents.length > documentsMax) {
      throw new SigmaFault(`A file may hold ${documentsMax} documents`, 0);
    }
    return [...documents].flatMap((document) => readDocument(document) ?? []);
  } catch (error) {
    if (error instanceof SigmaFault) {
      return [{ ok: false, fault: error }];
    }
    throw error;
  }
}

function readDocument(document: Document.Parsed): YamlReading | undefined {
  const [first] = [...document.errors, ...document.warnings];
  if (first !== undefined) {
    return { ok: false, fault: new SigmaFault(sentence(first.message), first.pos[0]) };
  }
  const { contents } = document;
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    return undefined;
  }
  try {
    return { ok: true, root: new NodeReader(document).read(contents, 0) };
  } catch (error) {
    if (error instanceof SigmaFault) {
      return { ok: false, fault: error };
    }
    throw error;
  }
}

/** The library's words for what people do most. */
function sentence(message: string): string {
  return message === "Map keys must be unique" ? "This key stands twice" : message.replace(/\.$/, "");
}

class NodeReader {
  readonly #document: Document.Parsed;
  #count = 0;

  constructor(document: Document.Parsed) {
    this.#document = document;
  }

  /** `depth` also ends what an anchor does that stands around its own alias. */
  read(node: unknown, depth: number, fallbackAt = 0): YamlNode {
    const at = rangeStart(node) ?? fallbackAt;
    this.#count += 1;
    if (this.#count > nodesMax) {
      throw new SigmaFault(`A document may have ${nodesMax} parts, those that aliases repeat included`, at);
    }
    if (depth > nestingMax) {
      throw new SigmaFault(`Lists and maps may be nested ${nestingMax} deep`, at);
    }
    if (isAlias(node)) {
      const target = node.resolve(this.#document);
      if (target === undefined) {
        throw new SigmaFault(`There is no anchor &${node.source}`, at);
      }
      return { ...this.read(target, depth + 1, at), at };
    }
    if ((isScalar(node) || isMap(node) || isSeq(node)) && node.tag !== undefined) {
      throw new SigmaFault("Tags are not read", at);
    }
    if (isMap(node)) {
      return { kind: "map", at, entries: node.items.map(({ key, value }) => this.#entry(key, value, depth, at)) };
    }
    if (isSeq(node)) {
      return { kind: "list", at, items: node.items.map((item) => this.read(item, depth + 1, at)) };
    }
    return readScalar(node, at);
  }

  #entry(key: unknown, value: unknown, depth: number, mapAt: number) {
    const keyAt = rangeStart(key) ?? mapAt;
    const read = this.read(key, depth + 1, keyAt);
    if (read.kind !== "scalar") {
      throw new SigmaFault("A key is a text", keyAt);
    }
    if (read.text === "<<") {
      throw new SigmaFault("Merge keys are not read; write the keys out", keyAt);
    }
    return { key: read.text, keyAt, value: this.read(value, depth + 1, keyAt) };
  }
}

function rangeStart(node: unknown): number | undefined {
  return (node as Node | null)?.range?.[0];
}

function readScalar(node: unknown, at: number): YamlNode {
  const value = isScalar(node) ? node.value : null;
  if (typeof value === "string" || typeof value === "boolean" || value === null) {
    return { kind: "scalar", at, value, text: value === null ? "" : String(value) };
  }
  if (typeof value !== "number" || !isScalar(node)) {
    throw new SigmaFault("This kind of value is not read", at);
  }
  // The zeros that an account's number begins with are lost in a number.
  const { source } = node;
  return { kind: "scalar", at, value, text: source !== undefined && /^\d+$/.test(source) ? source : String(value) };
}
