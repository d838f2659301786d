import assert from "node:assert/strict";
import { test } from "node:test";

import { own, testIdentity } from "../../identity/identity.fixture.ts";
import { refused } from "./iam.fixture.ts";

test("identity providers are there, with their clients and tags", () => {
  const here = testIdentity();
  const { admin, call } = here;
  const given = {
    Url: "https://token.actions.example.com",
    ClientIDList: ["sts.amazonaws.com"],
    ThumbprintList: ["a".repeat(40)],
  };
  const OpenIDConnectProviderArn =
    call(admin, "iam", "CreateOpenIDConnectProvider", given).OpenIDConnectProviderArn ?? "";
  assert.equal(OpenIDConnectProviderArn, `arn:aws:iam::${own}:oidc-provider/token.actions.example.com`);
  refused(() => call(admin, "iam", "CreateOpenIDConnectProvider", given), "EntityAlreadyExists");
  refused(() => call(admin, "iam", "CreateOpenIDConnectProvider", { Url: "http://x.example.com" }), "InvalidInput");
  call(admin, "iam", "AddClientIDToOpenIDConnectProvider", { OpenIDConnectProviderArn, ClientID: "two" });
  assert.deepEqual(call(admin, "iam", "GetOpenIDConnectProvider", { OpenIDConnectProviderArn }).ClientIDList, [
    "sts.amazonaws.com",
    "two",
  ]);
  const SAMLMetadataDocument = `<EntityDescriptor>${" ".repeat(1000)}</EntityDescriptor>`;
  const SAMLProviderArn =
    call(admin, "iam", "CreateSAMLProvider", { Name: "corp", SAMLMetadataDocument }).SAMLProviderArn ?? "";
  assert.equal(call(admin, "iam", "GetSAMLProvider", { SAMLProviderArn }).SAMLMetadataDocument, SAMLMetadataDocument);
  call(admin, "iam", "DeleteSAMLProvider", { SAMLProviderArn });
  call(admin, "iam", "DeleteOpenIDConnectProvider", { OpenIDConnectProviderArn });
  assert.deepEqual(call(admin, "iam", "ListOpenIDConnectProviders", {}).OpenIDConnectProviderList, []);
});
