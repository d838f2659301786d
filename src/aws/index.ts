// In: what the SDK knows of AWS's services; requests as they came
// Out: operations, their types and shapes, how they go over the wire, who signed what, errors as AWS says them
// Never: a call that nobody asked for
export { AwsError } from "./aws-error.ts";
export { AwsCallError } from "./clients/client-error.ts";
export { type Answer, type AwsClient, clientFor, type ClientOptions } from "./clients/client.ts";
export type { Credentials, RequestHandler } from "./clients/client.ts";
export { roleCredentials, type RoleOptions } from "./clients/role-credentials.ts";
export { headersByName, readWireRequest, type WireRequest, type WireResponse } from "./message.ts";
export type { InputOf, Models, OperationName, OutputOf, ServiceName } from "./models.ts";
export { actionOf } from "./operations/action-of.ts";
export { cloudTrailDataModel, cloudTrailDataSigningName } from "./operations/cloudtrail-data.ts";
export { loadOperations } from "./operations/load-operations.ts";
export { type NamedOperation, nameOperation } from "./operations/name-operation.ts";
export type { AwsOperation, ErrorModel, HttpBinding, Protocol, ServiceModel } from "./operations/operation.ts";
export { isServiceName, packages as sdkPackages, serviceNames } from "./operations/packages.ts";
export type { ObjectAnswer } from "./objects/ask-once.ts";
export type { ObjectName } from "./objects/object-address.ts";
export { type ObjectReader, objectReader } from "./objects/object-reader.ts";
export { type Parameters, readParameters } from "./operations/query-parameters.ts";
export { type SecretPolicy, withoutSecrets } from "./operations/secrets.ts";
export type { Member, Shape, StructureShape } from "./operations/shape.ts";
export { serviceOfVersion, unsignedServiceOf } from "./operations/unsigned-service.ts";
export { decodeRequest, hasStreamingInput } from "./wire/decode-request.ts";
export { decodeError, decodeResponse, type ServerAnswer } from "./wire/decode-response.ts";
export { encodeError, findErrorModel } from "./wire/encode-error.ts";
export { encodeResponse } from "./wire/encode-response.ts";
export { validateRequired } from "./wire/validate-required.ts";
export { parseXml, type XmlElement } from "./wire/xml-tree.ts";
export { AwsChunkedDecoder } from "./signature/aws-chunked.ts";
export { sha256Hex } from "./signature/canonical-request.ts";
export { readSignature, type RequestSignature, type SignatureRead } from "./signature/read-signature.ts";
export { SignedBody } from "./signature/signed-body.ts";
export { verifySignature } from "./signature/verify-signature.ts";
