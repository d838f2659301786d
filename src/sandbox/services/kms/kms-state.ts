import { type Collection, keyOf } from "../../../base/lasting.ts";
import { type World } from "../../world.ts";
import { type KmsAlias, type KmsGrant, type KmsKey } from "./keys/key.ts";

/** Everything that lasts of KMS. */
export class KmsState {
  readonly world: World;
  readonly #keys: Collection<KmsKey>;
  readonly #aliases: Collection<KmsAlias>;
  readonly #grants: Collection<KmsGrant>;

  constructor(world: World) {
    this.world = world;
    this.#keys = world.state.collection("kms/keys");
    this.#aliases = world.state.collection("kms/aliases");
    this.#grants = world.state.collection("kms/grants");
  }

  /** A key that is not gone; one whose time has come goes as soon as it is asked for. */
  key(region: string, keyId: string): KmsKey | undefined {
    const key = this.#keys.get(keyOf(region, keyId));
    if (key?.deletion === undefined || key.deletion.at > this.world.clock.now()) return key;
    this.#remove(key);
    return undefined;
  }

  putKey(key: KmsKey): void {
    this.#keys.put(keyOf(key.region, key.keyId), key);
  }

  keys(accountId: string, region: string): readonly KmsKey[] {
    return [...this.#keys.values(keyOf(region, ""))].filter(
      (key) => key.accountId === accountId && this.key(region, key.keyId) !== undefined,
    );
  }

  alias(accountId: string, region: string, name: string): KmsAlias | undefined {
    return this.#aliases.get(keyOf(accountId, region, name));
  }

  putAlias(alias: KmsAlias): void {
    this.#aliases.put(keyOf(alias.accountId, alias.region, alias.name), alias);
  }

  removeAlias({ accountId, region, name }: KmsAlias): void {
    this.#aliases.delete(keyOf(accountId, region, name));
  }

  /** In the order of their names. */
  aliases(accountId: string, region: string): readonly KmsAlias[] {
    return [...this.#aliases.values(keyOf(accountId, region, ""))];
  }

  aliasesOf({ accountId, region, keyId }: KmsKey): readonly KmsAlias[] {
    return this.aliases(accountId, region).filter((alias) => alias.keyId === keyId);
  }

  grant(keyId: string, grantId: string): KmsGrant | undefined {
    return this.#grants.get(keyOf(keyId, grantId));
  }

  putGrant(grant: KmsGrant): void {
    this.#grants.put(keyOf(grant.keyId, grant.grantId), grant);
  }

  removeGrant({ keyId, grantId }: KmsGrant): void {
    this.#grants.delete(keyOf(keyId, grantId));
  }

  grants(keyId: string): readonly KmsGrant[] {
    return [...this.#grants.values(keyOf(keyId, ""))];
  }

  allGrants(): Iterable<KmsGrant> {
    return this.#grants.values();
  }

  /** KMS Developer Guide, 'Deleting AWS KMS keys': its aliases and grants go with it. */
  #remove(key: KmsKey): void {
    this.world.state.together(() => {
      for (const alias of this.aliasesOf(key)) this.removeAlias(alias);
      for (const grant of this.grants(key.keyId)) this.removeGrant(grant);
      this.#keys.delete(keyOf(key.region, key.keyId));
    });
  }
}
