import { refusal } from "../refusal.ts";

/**
 * Refuses what cannot be a trail's name (API Reference, CreateTrail). The sentences of the first five are moto's, which
 * imitate AWS's; the others are ours.
 */
export function checkTrailName(name: string): void {
  const problem = problemOf(name);
  if (problem !== undefined) throw refusal("InvalidTrailNameException", problem);
}

function problemOf(name: string): string | undefined {
  if (name.length < 3) {
    return `Trail name too short. Minimum allowed length: 3 characters. Specified name length: ${name.length} characters.`;
  }
  if (name.length > 128) {
    return `Trail name too long. Maximum allowed length: 128 characters. Specified name length: ${name.length} characters.`;
  }
  if (!/^[0-9A-Za-z]/.test(name)) return "Trail name must starts with a letter or number.";
  if (!/[0-9A-Za-z]$/.test(name)) return "Trail name must ends with a letter or number.";
  if (!/^[-._0-9A-Za-z]+$/.test(name)) {
    return "Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).";
  }
  if (/[-._]{2}/.test(name)) return "Trail name cannot have adjacent periods, underscores or dashes.";
  if (isAddress(name)) return "Trail name cannot be in IP address format.";
  return undefined;
}

/** Four numbers of up to three digits: `192.168.5.4`. AWS does not say whether `999.1.1.1` counts; here it does. */
export function isAddress(name: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(name);
}
