import { type IdentityProvider } from "../../identity/things.ts";
import { type Call } from "../../service.ts";
import { alreadyExists, invalidInput, noSuchEntity, quotaExceeded } from "./errors.ts";
import { dateOf, type Iam, type IamOperations, needOn, tagContext } from "./iam.ts";
import { pageOf } from "./paging.ts";
import { checkLength, checkName, constraintError, mergeTags, withoutTags } from "./validation.ts";

const providersMax = 100;
const clientsMax = 100;
const thumbprintsMax = 5;
/** How long SAML metadata are taken to hold where they do not say: a hundred years, as AWS answers. */
const samlValidMilliseconds = 100 * 365 * 24 * 60 * 60 * 1000;

/** OpenID Connect and SAML providers, as things that are there; their tokens are not checked in the sandbox. */
export function identityProviderOperations(iam: Iam): IamOperations {
  const { directory } = iam;
  const { providers } = directory;
  const find = (call: Call, arn: string | undefined, kind: IdentityProvider["kind"]): IdentityProvider => {
    const provider = providers.get(arn ?? "");
    if (provider === undefined || provider.accountId !== call.accountId || provider.kind !== kind) {
      throw noSuchEntity(
        kind === "oidc"
          ? `OpenIDConnect Provider not found for arn ${arn ?? ""}`
          : "Manifest not found for arn " + (arn ?? ""),
      );
    }
    return provider;
  };
  const of = (call: Call, kind: IdentityProvider["kind"]) =>
    [...providers.values(`arn:aws:iam::${call.accountId}:`)].filter((provider) => provider.kind === kind);
  const create = (call: Call, provider: IdentityProvider): void => {
    if (providers.has(provider.arn)) {
      throw alreadyExists(`Provider with url ${provider.url ?? provider.arn} already exists.`);
    }
    if (of(call, provider.kind).length >= providersMax) throw quotaExceeded("ProvidersPerAccount", providersMax);
    providers.put(provider.arn, provider);
  };
  return {
    CreateOpenIDConnectProvider: {
      needs: ({ Url, Tags }, call) => [
        needOn(call, `arn:aws:iam::${call.accountId}:oidc-provider/${hostAndPath(Url ?? "")}`, tagContext(Tags)),
      ],
      answer(input, call) {
        const given = input.Url ?? "";
        checkLength("url", given, 1, 255);
        if (!/^https:\/\/[a-z0-9.-]+(?:\/[^?#\s]*)?$/i.test(given)) {
          throw invalidInput("Invalid Open ID Connect Provider URL");
        }
        const url = hostAndPath(given);
        const arn = `arn:aws:iam::${call.accountId}:oidc-provider/${url}`;
        const tags = mergeTags([], input.Tags);
        create(call, {
          kind: "oidc",
          arn,
          accountId: call.accountId,
          createdAt: call.at,
          url,
          clientIds: checkClients(input.ClientIDList ?? []),
          thumbprints: checkThumbprints(input.ThumbprintList ?? []),
          tags,
        });
        return { OpenIDConnectProviderArn: arn, ...(tags.length === 0 ? {} : { Tags: [...tags] }) };
      },
    },
    GetOpenIDConnectProvider: {
      needs: ({ OpenIDConnectProviderArn }, call) => [needOn(call, OpenIDConnectProviderArn ?? "")],
      answer({ OpenIDConnectProviderArn }, call) {
        const provider = find(call, OpenIDConnectProviderArn, "oidc");
        return {
          Url: provider.url,
          ClientIDList: [...provider.clientIds],
          ThumbprintList: [...provider.thumbprints],
          CreateDate: dateOf(provider.createdAt),
          Tags: [...provider.tags],
        };
      },
    },
    ListOpenIDConnectProviders: {
      needs: (_, call) => [needOn(call, "*")],
      answer: (_, call) => ({ OpenIDConnectProviderList: of(call, "oidc").map(({ arn }) => ({ Arn: arn })) }),
    },
    DeleteOpenIDConnectProvider: {
      needs: ({ OpenIDConnectProviderArn }, call) => [needOn(call, OpenIDConnectProviderArn ?? "")],
      answer({ OpenIDConnectProviderArn }, call) {
        // 'This operation is idempotent': API Reference, DeleteOpenIDConnectProvider.
        const provider = providers.get(OpenIDConnectProviderArn ?? "");
        if (provider?.accountId === call.accountId) providers.delete(provider.arn);
        return {};
      },
    },
    UpdateOpenIDConnectProviderThumbprint: {
      needs: ({ OpenIDConnectProviderArn }, call) => [needOn(call, OpenIDConnectProviderArn ?? "")],
      answer({ OpenIDConnectProviderArn, ThumbprintList }, call) {
        const provider = find(call, OpenIDConnectProviderArn, "oidc");
        providers.put(provider.arn, { ...provider, thumbprints: checkThumbprints(ThumbprintList ?? []) });
        return {};
      },
    },
    AddClientIDToOpenIDConnectProvider: {
      needs: ({ OpenIDConnectProviderArn }, call) => [needOn(call, OpenIDConnectProviderArn ?? "")],
      answer({ OpenIDConnectProviderArn, ClientID }, call) {
        const provider = find(call, OpenIDConnectProviderArn, "oidc");
        const clientIds = checkClients([...new Set([...provider.clientIds, ClientID ?? ""])]);
        providers.put(provider.arn, { ...provider, clientIds });
        return {};
      },
    },
    RemoveClientIDFromOpenIDConnectProvider: {
      needs: ({ OpenIDConnectProviderArn }, call) => [needOn(call, OpenIDConnectProviderArn ?? "")],
      answer({ OpenIDConnectProviderArn, ClientID }, call) {
        const provider = find(call, OpenIDConnectProviderArn, "oidc");
        providers.put(provider.arn, { ...provider, clientIds: provider.clientIds.filter((id) => id !== ClientID) });
        return {};
      },
    },
    TagOpenIDConnectProvider: {
      needs: ({ OpenIDConnectProviderArn, Tags }, call) => [
        needOn(call, OpenIDConnectProviderArn ?? "", tagContext(Tags)),
      ],
      answer({ OpenIDConnectProviderArn, Tags }, call) {
        const provider = find(call, OpenIDConnectProviderArn, "oidc");
        providers.put(provider.arn, { ...provider, tags: mergeTags(provider.tags, Tags) });
        return {};
      },
    },
    UntagOpenIDConnectProvider: {
      needs: ({ OpenIDConnectProviderArn }, call) => [needOn(call, OpenIDConnectProviderArn ?? "")],
      answer({ OpenIDConnectProviderArn, TagKeys }, call) {
        const provider = find(call, OpenIDConnectProviderArn, "oidc");
        providers.put(provider.arn, { ...provider, tags: withoutTags(provider.tags, TagKeys) });
        return {};
      },
    },
    ListOpenIDConnectProviderTags: {
      needs: ({ OpenIDConnectProviderArn }, call) => [needOn(call, OpenIDConnectProviderArn ?? "")],
      answer(input, call) {
        const { tags } = find(call, input.OpenIDConnectProviderArn, "oidc");
        const { items, ...page } = pageOf(tags, input, ({ Key }) => Key);
        return { Tags: items, ...page };
      },
    },
    CreateSAMLProvider: {
      needs: ({ Name, Tags }, call) => [
        needOn(call, `arn:aws:iam::${call.accountId}:saml-provider/${Name ?? ""}`, tagContext(Tags)),
      ],
      answer(input, call) {
        const name = checkName("name", input.Name, 128);
        if (!/^[\w._-]+$/.test(name))
          throw constraintError("name", name, "satisfy regular expression pattern: [\\w._-]+");
        const metadata = checkMetadata(input.SAMLMetadataDocument);
        const arn = `arn:aws:iam::${call.accountId}:saml-provider/${name}`;
        const tags = mergeTags([], input.Tags);
        const { accountId, at: createdAt } = call;
        create(call, { kind: "saml", arn, accountId, createdAt, clientIds: [], thumbprints: [], metadata, tags });
        return { SAMLProviderArn: arn, ...(tags.length === 0 ? {} : { Tags: [...tags] }) };
      },
    },
    GetSAMLProvider: {
      needs: ({ SAMLProviderArn }, call) => [needOn(call, SAMLProviderArn ?? "")],
      answer({ SAMLProviderArn }, call) {
        const provider = find(call, SAMLProviderArn, "saml");
        return {
          SAMLMetadataDocument: provider.metadata,
          CreateDate: dateOf(provider.createdAt),
          ValidUntil: dateOf(provider.createdAt + samlValidMilliseconds),
          Tags: [...provider.tags],
        };
      },
    },
    UpdateSAMLProvider: {
      needs: ({ SAMLProviderArn }, call) => [needOn(call, SAMLProviderArn ?? "")],
      answer({ SAMLProviderArn, SAMLMetadataDocument }, call) {
        const provider = find(call, SAMLProviderArn, "saml");
        if (SAMLMetadataDocument !== undefined) {
          providers.put(provider.arn, { ...provider, metadata: checkMetadata(SAMLMetadataDocument) });
        }
        return { SAMLProviderArn: provider.arn };
      },
    },
    ListSAMLProviders: {
      needs: (_, call) => [needOn(call, "*")],
      answer: (_, call) => ({
        SAMLProviderList: of(call, "saml").map(({ arn, createdAt }) => ({
          Arn: arn,
          CreateDate: dateOf(createdAt),
          ValidUntil: dateOf(createdAt + samlValidMilliseconds),
        })),
      }),
    },
    DeleteSAMLProvider: {
      needs: ({ SAMLProviderArn }, call) => [needOn(call, SAMLProviderArn ?? "")],
      answer({ SAMLProviderArn }, call) {
        providers.delete(find(call, SAMLProviderArn, "saml").arn);
        return {};
      },
    },
  };
}

function hostAndPath(url: string): string {
  return url.replace(/^https:\/\//i, "").replace(/\/+$/, "");
}

function checkClients(ids: readonly string[]): readonly string[] {
  for (const id of ids) checkLength("clientID", id, 1, 255);
  if (ids.length > clientsMax) throw quotaExceeded("ClientIdsPerOpenIdConnectProvider", clientsMax);
  return ids;
}

function checkThumbprints(thumbprints: readonly string[]): readonly string[] {
  for (const thumbprint of thumbprints) {
    if (!/^[0-9a-f]{40}$/i.test(thumbprint))
      throw constraintError("thumbprintList", thumbprint, "have length equal to 40");
  }
  if (thumbprints.length > thumbprintsMax) throw invalidInput("Thumbprint list must contain fewer than 5 entries.");
  return thumbprints;
}

/** The document is kept as it is; only its size and its outermost element are looked at. */
function checkMetadata(document: string | undefined): string {
  const text = document ?? "";
  checkLength("samlMetadataDocument", text, 1000, 10_000_000);
  if (!text.slice(0, 2000).includes("EntityDescriptor")) throw invalidInput("Could not parse metadata");
  return text;
}
