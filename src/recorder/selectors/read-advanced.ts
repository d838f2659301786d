import { type AdvancedSelector, type FieldSelector } from "../../cloudtrail/index.ts";
import { members, optionalList, optionalText, optionalTexts } from "../parameters.ts";
import { type FieldRule, type Operator, operators, type trailFieldRules } from "./advanced-rules.ts";
import {
  advancedValuesMax,
  badSelectors,
  selectorNameCharactersMax,
  selectorValueCharactersMax,
} from "./selector-limits.ts";

/** Reads `AdvancedEventSelectors` by the rules of what they are for. */
export function readAdvancedSelectors(
  given: readonly unknown[],
  rules: typeof trailFieldRules,
): readonly AdvancedSelector[] {
  // Each selector has a value at least, so no more of them can be right.
  if (given.length === 0 || given.length > advancedValuesMax) throw badSelectors("There are no selectors, or too many");
  const selectors = given.map((one) => readSelector(one, rules));
  const values = selectors.flatMap(({ fields }) => fields.flatMap((field) => operators.flatMap((o) => field[o] ?? [])));
  if (values.length > advancedValuesMax) {
    throw badSelectors(`All advanced event selectors have at most ${advancedValuesMax} values`);
  }
  return selectors;
}

function readSelector(given: unknown, rules: typeof trailFieldRules): AdvancedSelector {
  const { Name, FieldSelectors } = members(given, "AdvancedEventSelectors");
  const name = optionalText(Name, "Name");
  if (name !== undefined && name.length > selectorNameCharactersMax) {
    throw badSelectors(`A selector's name has at most ${selectorNameCharactersMax} characters`);
  }
  const list = optionalList(FieldSelectors, "FieldSelectors") ?? [];
  if (list.length === 0 || list.length > advancedValuesMax) throw badSelectors("A selector has at least one field");
  const fields = list.map(readField);
  checkFields(fields, rules);
  return { ...(name === undefined ? {} : { name }), fields };
}

function readField(given: unknown): FieldSelector {
  const parts = members(given, "FieldSelectors");
  const field = optionalText(parts["Field"], "Field") ?? "";
  if (!/^[\w.|]{1,1000}$/.test(field)) throw badSelectors("A field's name is missing or cannot be one");
  const asked: Partial<Record<Operator, readonly string[]>> = {};
  for (const operator of operators) {
    const values = optionalTexts(parts[operator], operator);
    if (values === undefined) continue;
    const isGood =
      values.length > 0 && values.every((value) => value !== "" && value.length <= selectorValueCharactersMax);
    if (!isGood)
      throw badSelectors(`${operator} of ${field} wants values of 1 to ${selectorValueCharactersMax} characters`);
    asked[operator] = values;
  }
  if (Object.keys(asked).length === 0) throw badSelectors(`Field ${field} has no operator`);
  return { field, ...asked };
}

function checkFields(fields: readonly FieldSelector[], rules: typeof trailFieldRules): void {
  const category = fields.find(({ field }) => field === "eventCategory")?.Equals?.[0] ?? "";
  const ofCategory = Object.hasOwn(rules, category) ? rules[category] : undefined;
  if (ofCategory === undefined) {
    throw badSelectors(`Each selector has the field eventCategory, Equals one of ${Object.keys(rules).join(", ")}`);
  }
  for (const [name, rule] of Object.entries(ofCategory)) {
    const found = fields.filter(({ field }) => field === name);
    if (rule.isRequired === true && found.length === 0) throw badSelectors(`${category} events need the field ${name}`);
    if (rule.isSingle === true && found.length > 1) throw badSelectors(`The field ${name} is there twice`);
  }
  for (const field of fields) {
    const rule = Object.hasOwn(ofCategory, field.field) ? ofCategory[field.field] : undefined;
    if (rule === undefined) throw badSelectors(`${category} events are not selected by ${field.field}`);
    checkField(field, rule);
  }
}

function checkField(field: FieldSelector, rule: FieldRule): void {
  for (const operator of operators) {
    const values = field[operator];
    if (values === undefined) continue;
    if (!rule.operators.includes(operator)) throw badSelectors(`${field.field} knows no ${operator}`);
    if (rule.isSingle === true && values.length > 1) throw badSelectors(`${field.field} has one value`);
    const wrong = values.find((value) => rule.values?.includes(value) === false);
    if (wrong !== undefined) throw badSelectors(`${field.field} is never ${wrong.slice(0, 100)}`);
    // Which types there are changes with every service; only their form is looked at.
    if (field.field === "resources.type" && !values.every((value) => /^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/.test(value))) {
      throw badSelectors("resources.type has the form AWS::Service::Thing");
    }
  }
}
