/** Errors that nobody meets over the socket without an accident; the tests in these files bring one about. */
export const saidElsewhere: Readonly<Record<string, string>> = {
  CloudTrailInvalidClientTokenIdException: "src/recorder/api/create-trail-refusals.test.ts",
  CloudWatchLogsDeliveryUnavailableException: "src/recorder/api/create-trail-refusals.test.ts",
  ConflictException: "src/recorder/trails/trails.test.ts",
  ThrottlingException: "src/recorder/api/cloudtrail-api.test.ts",
};

const imports = "of imports, which are refused as a whole";
const queries = "of queries, which are refused as a whole";
const federation = "of federation, which is refused as a whole";

/** Errors of CloudTrail's that this one does not say, and why. */
export const neverSaid: Readonly<Record<string, string>> = {
  AccessDeniedException: federation,
  ConcurrentModificationException: federation,
  EventDataStoreFederationEnabledException: federation,
  AccountHasOngoingImportException: imports,
  EventDataStoreHasOngoingImportException: imports,
  ImportNotFoundException: imports,
  InvalidImportSourceException: imports,
  GenerateResponseException: queries,
  InactiveQueryException: queries,
  InvalidDateRangeException: queries,
  InvalidQueryStatementException: queries,
  InvalidQueryStatusException: queries,
  MaxConcurrentQueriesException: queries,
  QueryIdNotFoundException: queries,
  ServiceQuotaExceededException: "of dashboards, which are refused as a whole",
  CloudTrailServiceException: "the SDK's own class above the others",
  KmsKeyDisabledException: "no longer in use (API Reference, CreateTrail)",
  TrailNotProvidedException: "no longer in use (API Reference, CreateTrail)",
  InsufficientDependencyServiceAccessPermissionException:
    "who may make an organization's trail needs no permissions of Organizations and IAM besides here",
  InsufficientIAMAccessPermissionException:
    "the service-linked role is made without a look at the caller's permissions",
};
