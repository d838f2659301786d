/** The number of an AWS account as a person may write it, `1111-2222-3333`, without dashes and spaces. */
export function accountIdOf(text: string): string {
  return text.replaceAll(/[\s-]/g, "");
}
