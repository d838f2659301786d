import type { IncidentDetails } from "../../../incidents-api.ts";

/** What every dialog about an incident is given. */
export interface IncidentDialogProps {
  readonly incident: IncidentDetails;
  readonly onClose: () => void;
}
