import { createHash, createPublicKey, generateKeyPairSync } from "node:crypto";

import { AwsError } from "../../../aws/index.ts";
import { type Call } from "../../service.ts";
import { readFilters } from "./filters.ts";
import { type Ec2, ec2Arn, type Ec2Operations, ec2Operation, need } from "./operation.ts";
import { invalidValue, missingParameter } from "./refusals.ts";
import { putTags, specifiedTags, tagContext, tagList, tagsOf } from "./tags.ts";
import { type KeyPair, placeKey } from "./things.ts";

/** What EC2 answers for a key pair whose private half it does not keep. */
export function keyPairOperations(ec2: Ec2): Ec2Operations {
  const { things, world } = ec2;
  const needsFor =
    (operation: string) =>
    (
      input: {
        readonly KeyName?: string | undefined;
        readonly TagSpecifications?:
          | { Tags?: { Key?: string | undefined; Value?: string | undefined }[] | undefined }[]
          | undefined;
      },
      call: Call,
    ) => [
      need(operation, ec2Arn(call, `key-pair/${input.KeyName ?? "*"}`), call, {
        context: tagContext(input.TagSpecifications),
      }),
    ];
  return {
    CreateKeyPair: ec2Operation(ec2, "CreateKeyPair", {
      honours: ["KeyName", "KeyType", "KeyFormat", "TagSpecifications"],
      needs: needsFor("CreateKeyPair"),
      answer(input, call) {
        const name = freeName(ec2, call, input.KeyName);
        if (input.KeyType === "ed25519" || input.KeyFormat === "ppk") {
          throw new AwsError("UnsupportedOperation", "The made-up EC2 makes RSA keys in PEM format only");
        }
        const made = generateKeyPairSync("rsa", { modulusLength: 2048 });
        // EC2 User Guide, "Verify the fingerprint of your key pair": SHA-1 over the private key in PKCS#8.
        const fingerprint = colons(createHash("sha1").update(made.privateKey.export({ type: "pkcs8", format: "der" })));
        const publicKey = opensshRsa(
          made.publicKey.export({ format: "jwk" }) as { readonly n: string; readonly e: string },
        );
        const pair = keep({ name, type: "rsa", fingerprint, publicKey }, call, input.TagSpecifications);
        const KeyMaterial = made.privateKey.export({ type: "pkcs1", format: "pem" }).toString();
        return { ...pair, KeyMaterial };
      },
    }),
    ImportKeyPair: ec2Operation(ec2, "ImportKeyPair", {
      honours: ["KeyName", "PublicKeyMaterial", "TagSpecifications"],
      needs: needsFor("ImportKeyPair"),
      answer(input, call) {
        const name = freeName(ec2, call, input.KeyName);
        const text = Buffer.from(input.PublicKeyMaterial ?? [])
          .toString("utf8")
          .trim();
        return keep({ name, ...readPublicKey(text) }, call, input.TagSpecifications);
      },
    }),
    DescribeKeyPairs: ec2Operation(ec2, "DescribeKeyPairs", {
      honours: ["KeyNames", "KeyPairIds", "Filters", "IncludePublicKey"],
      answer(input, call) {
        const all = [...things.keyPairs.values(placeKey(call))];
        for (const name of input.KeyNames ?? []) if (!all.some((pair) => pair.name === name)) throw noKeyPair(name);
        for (const id of input.KeyPairIds ?? []) if (!all.some((pair) => pair.id === id)) throw noKeyPair(id);
        const passes = readFilters<KeyPair>(
          input.Filters,
          {
            fingerprint: ({ fingerprint }) => [fingerprint],
            "key-name": ({ name }) => [name],
            "key-pair-id": ({ id }) => [id],
          },
          ({ id }) => tagsOf(ec2, call, id),
        );
        const found = all.filter(
          (pair) =>
            (input.KeyNames?.includes(pair.name) ?? true) &&
            (input.KeyPairIds?.includes(pair.id) ?? true) &&
            passes(pair),
        );
        return {
          KeyPairs: found.map((pair) => ({
            KeyPairId: pair.id,
            KeyName: pair.name,
            KeyType: pair.type,
            KeyFingerprint: pair.fingerprint,
            CreateTime: new Date(pair.createdAt),
            Tags: tagList(tagsOf(ec2, call, pair.id)),
            ...(input.IncludePublicKey === true ? { PublicKey: pair.publicKey } : {}),
          })),
        };
      },
    }),
    DeleteKeyPair: ec2Operation(ec2, "DeleteKeyPair", {
      honours: ["KeyName", "KeyPairId"],
      needs: needsFor("DeleteKeyPair"),
      answer(input, call) {
        if (input.KeyName === undefined && input.KeyPairId === undefined) throw missingParameter("KeyName");
        const found = [...things.keyPairs.values(placeKey(call))].find((pair) =>
          input.KeyName === undefined ? pair.id === input.KeyPairId : pair.name === input.KeyName,
        );
        // Deleting a pair that is not there is well (API Reference, DeleteKeyPair).
        if (found === undefined) return { Return: true };
        things.keyPairs.delete(placeKey(call, found.name));
        things.tags.delete(placeKey(call, found.id));
        return { Return: true, KeyPairId: found.id };
      },
    }),
  };

  function keep(
    draft: Pick<KeyPair, "name" | "type" | "fingerprint" | "publicKey">,
    call: Call,
    specifications: Parameters<typeof specifiedTags>[0],
  ) {
    const tags = specifiedTags(specifications, "key-pair");
    const pair: KeyPair = { ...draft, id: `key-0${world.random.hex(16)}`, createdAt: call.at };
    things.keyPairs.put(placeKey(call, pair.name), pair);
    putTags(ec2, call, pair.id, tags);
    return {
      KeyName: pair.name,
      KeyFingerprint: pair.fingerprint,
      KeyPairId: pair.id,
      ...(Object.keys(tags).length === 0 ? {} : { Tags: tagList(tags) }),
    };
  }
}

/** Finds a key pair by its name, or says that there is none. */
export function noKeyPair(name: string): AwsError {
  return new AwsError("InvalidKeyPair.NotFound", `The key pair '${name.slice(0, 255)}' does not exist`);
}

function freeName({ things }: Ec2, call: Call, name: string | undefined): string {
  if (name === undefined || name === "") throw missingParameter("KeyName");
  if (name.length > 255 || !/^[\x20-\x7e]+$/.test(name)) throw invalidValue("A key name is up to 255 ASCII characters");
  if (things.keyPairs.has(placeKey(call, name))) {
    throw new AwsError("InvalidKeyPair.Duplicate", `The keypair already exists`);
  }
  return name;
}

const keyLengthMax = 16_384;

function readPublicKey(text: string): Pick<KeyPair, "type" | "fingerprint" | "publicKey"> {
  const [type, body = ""] = text.slice(0, keyLengthMax).split(/\s+/, 2);
  const bytes = Buffer.from(body, "base64");
  const parts = readParts(bytes);
  const [algorithm, first, second] = parts;
  if (type === algorithm?.toString("latin1") && first !== undefined) {
    if (type === "ssh-ed25519" && first.length === 32) {
      const fingerprint = createHash("sha256").update(bytes).digest("base64");
      return { type: "ed25519", fingerprint, publicKey: text.slice(0, keyLengthMax) };
    }
    if (type === "ssh-rsa" && second !== undefined) {
      const jwk = { kty: "RSA", e: first.toString("base64url"), n: unsigned(second).toString("base64url") };
      const key = createPublicKey({ key: jwk, format: "jwk" });
      // Of imported keys: MD5 over the public key.
      const fingerprint = colons(createHash("md5").update(key.export({ type: "spki", format: "der" })));
      return { type: "rsa", fingerprint, publicKey: text.slice(0, keyLengthMax) };
    }
  }
  throw new AwsError("InvalidKey.Format", "Key is not in valid OpenSSH public key format");
}

/** RFC 4253, section 5: each part is a length in four bytes, then as many bytes. */
function readParts(bytes: Buffer): readonly Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at + 4 <= bytes.length && parts.length < 4;) {
    const length = bytes.readUInt32BE(at);
    if (at + 4 + length > bytes.length) return [];
    parts.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return parts;
}

function opensshRsa({ n, e }: { readonly n: string; readonly e: string }): string {
  const parts = [Buffer.from("ssh-rsa"), Buffer.from(e, "base64url"), signed(Buffer.from(n, "base64url"))];
  const body = Buffer.concat(
    parts.flatMap((part) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(part.length);
      return [length, part];
    }),
  );
  return `ssh-rsa ${body.toString("base64")}`;
}

/** A number whose first bit is set gets a zero before it, or it would be negative. */
function signed(bytes: Buffer): Buffer {
  return (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.alloc(1), bytes]) : bytes;
}

function unsigned(bytes: Buffer): Buffer {
  return bytes[0] === 0 ? bytes.subarray(1) : bytes;
}

function colons(hash: ReturnType<typeof createHash>): string {
  return hash.digest("hex").replace(/..(?=.)/g, "$&:");
}
