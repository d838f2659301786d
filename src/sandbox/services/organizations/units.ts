import { AwsError, type OutputOf } from "../../../aws/index.ts";
import { type OrganizationThing, type Unit } from "../../identity/organization-book.ts";
import { attachFullAccess, detachAll } from "./attachments.ts";
import { constraintViolation, invalidInput, notFound } from "./errors.ts";
import { lowerText } from "./ids.ts";
import {
  arnIn,
  findUnit,
  managedOrganization,
  membersOf,
  mergeTags,
  needAnywhere,
  type Organizations,
  type OrganizationsOperations,
  readableOrganization,
  readParent,
  unitsOf,
} from "./organizations.ts";
import { pageOf } from "./paging.ts";

type UnitShape = NonNullable<OutputOf<"organizations", "DescribeOrganizationalUnit">["OrganizationalUnit"]>;

/** Organizations User Guide, 'Quotas for AWS Organizations'. */
const depthMax = 5;
const unitsMax = 1000;

/** Organizational units and who stands under whom. */
export function unitOperations(organizations: Organizations): OrganizationsOperations {
  const { world, book } = organizations;
  const checkNew = (organization: OrganizationThing, parentId: string, name: string | undefined, own?: string) => {
    const given = name ?? "";
    if (given.length === 0 || given.length > 128) throw invalidInput("MAX_LENGTH_EXCEEDED");
    const siblings = unitsOf(organizations, organization).filter((unit) => unit.parentId === parentId);
    if (siblings.some((unit) => unit.name === given && unit.id !== own)) {
      throw new AwsError("DuplicateOrganizationalUnitException", "An OU with the same name already exists.");
    }
    return given;
  };
  return {
    CreateOrganizationalUnit: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const organization = managedOrganization(organizations, call);
        const parentId = readParent(organizations, organization, input.ParentId);
        if (depthOf(organizations, parentId) >= depthMax) {
          throw constraintViolation("OU_DEPTH_LIMIT_EXCEEDED", "You have exceeded the allowed depth of the OU tree.");
        }
        if (unitsOf(organizations, organization).length >= unitsMax) {
          throw constraintViolation("OU_NUMBER_LIMIT_EXCEEDED", "You have exceeded the allowed number of OUs.");
        }
        const name = checkNew(organization, parentId, input.Name);
        const unit: Unit = {
          id: `ou-${organization.rootId.slice(2)}-${lowerText(world.random, 8)}`,
          organizationId: organization.id,
          parentId,
          name,
          tags: mergeTags([], input.Tags),
        };
        book.units.put(unit.id, unit);
        attachFullAccess(organizations, organization, unit.id);
        return { OrganizationalUnit: unitShape(organization, unit) };
      },
    },
    DescribeOrganizationalUnit: {
      needs: (_, call) => needAnywhere(call),
      answer({ OrganizationalUnitId }, call) {
        const organization = readableOrganization(organizations, call);
        const unit = findUnit(organizations, organization, OrganizationalUnitId);
        return { OrganizationalUnit: unitShape(organization, unit) };
      },
    },
    UpdateOrganizationalUnit: {
      needs: (_, call) => needAnywhere(call),
      answer({ OrganizationalUnitId, Name }, call) {
        const organization = managedOrganization(organizations, call);
        const unit = findUnit(organizations, organization, OrganizationalUnitId);
        const name = Name === undefined ? unit.name : checkNew(organization, unit.parentId, Name, unit.id);
        const changed = { ...unit, name };
        book.units.put(unit.id, changed);
        return { OrganizationalUnit: unitShape(organization, changed) };
      },
    },
    DeleteOrganizationalUnit: {
      needs: (_, call) => needAnywhere(call),
      answer({ OrganizationalUnitId }, call) {
        const organization = managedOrganization(organizations, call);
        const unit = findUnit(organizations, organization, OrganizationalUnitId);
        const children = [...membersOf(organizations, organization), ...unitsOf(organizations, organization)];
        if (children.some(({ parentId }) => parentId === unit.id)) {
          throw new AwsError("OrganizationalUnitNotEmptyException", "The specified OU is not empty.");
        }
        world.state.together(() => {
          detachAll(organizations, unit.id);
          book.units.delete(unit.id);
        });
        return {};
      },
    },
    ListOrganizationalUnitsForParent: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const organization = readableOrganization(organizations, call);
        const parent = readParent(organizations, organization, input.ParentId);
        const own = unitsOf(organizations, organization).filter(({ parentId }) => parentId === parent);
        const { items, ...page } = pageOf(own, input, ({ id }) => id);
        return { OrganizationalUnits: items.map((unit) => unitShape(organization, unit)), ...page };
      },
    },
    ListParents: {
      needs: (_, call) => needAnywhere(call),
      answer({ ChildId }, call) {
        const organization = readableOrganization(organizations, call);
        const child = book.members.get(ChildId ?? "") ?? book.units.get(ChildId ?? "");
        if (child === undefined || child.organizationId !== organization.id) {
          throw notFound("ChildNotFoundException", "an organizational unit (OU) or AWS account");
        }
        const type = child.parentId === organization.rootId ? ("ROOT" as const) : ("ORGANIZATIONAL_UNIT" as const);
        return { Parents: [{ Id: child.parentId, Type: type }] };
      },
    },
    ListChildren: {
      needs: (_, call) => needAnywhere(call),
      answer(input, call) {
        const organization = readableOrganization(organizations, call);
        const parentId = readParent(organizations, organization, input.ParentId);
        const type = input.ChildType;
        if (type !== "ACCOUNT" && type !== "ORGANIZATIONAL_UNIT") throw invalidInput("INVALID_ENUM");
        const ids =
          type === "ACCOUNT"
            ? membersOf(organizations, organization)
                .filter((member) => member.parentId === parentId)
                .map((member) => member.accountId)
            : unitsOf(organizations, organization)
                .filter((unit) => unit.parentId === parentId)
                .map((unit) => unit.id);
        const { items, ...page } = pageOf(ids, input, (id) => id);
        return { Children: items.map((Id) => ({ Id, Type: type })), ...page };
      },
    },
  };
}

/** How many units stand above and at an id; a root has none. */
function depthOf({ book }: Organizations, id: string): number {
  let depth = 0;
  for (let unit = book.units.get(id); unit !== undefined; unit = book.units.get(unit.parentId)) depth += 1;
  return depth;
}

function unitShape(organization: OrganizationThing, unit: Unit): UnitShape {
  return { Id: unit.id, Arn: arnIn(organization, "ou", unit.id), Name: unit.name };
}
