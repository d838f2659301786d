import fc from "fast-check";
import { anyKey, anyText } from "./random-texts.fixture.ts";

const scalar = fc.oneof(
  { weight: 8, arbitrary: anyText },
  { weight: 2, arbitrary: fc.integer({ min: -20, max: 500 }) },
  { weight: 2, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(1.5, 443, 100, 1e21, 1e-7, 1.2345678e-7, 12345.678, 123456789012, 2 ** 53, -0),
  },
  { weight: 2, arbitrary: fc.boolean() },
  { weight: 1, arbitrary: fc.constant(null) },
);

const { value: anyValue } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 5, arbitrary: scalar },
    { weight: 2, arbitrary: fc.array(tie("value"), { maxLength: 3 }) },
    { weight: 3, arbitrary: fc.dictionary(anyKey, tie("value"), { maxKeys: 3 }) },
  ),
}));

const sometimes = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });

const record = fc.record({
  eventName: sometimes(fc.oneof({ weight: 5, arbitrary: anyText }, { weight: 1, arbitrary: anyValue })),
  eventTime: sometimes(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.constantFrom("2026-01-02T03:04:05Z", "2026-01-02T03:04:06.5Z", "1970-01-01T00:00:00Z"),
      },
      { weight: 1, arbitrary: anyValue },
    ),
  ),
  readOnly: sometimes(fc.oneof({ weight: 5, arbitrary: fc.boolean() }, { weight: 1, arbitrary: anyValue })),
  userIdentity: sometimes(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          arn: sometimes(fc.oneof({ weight: 5, arbitrary: anyText }, { weight: 1, arbitrary: anyValue })),
          userName: sometimes(anyText),
        }),
      },
      { weight: 1, arbitrary: anyValue },
    ),
  ),
  resources: sometimes(
    fc.oneof(
      { weight: 5, arbitrary: fc.array(fc.record({ ARN: anyText }), { maxLength: 3 }) },
      { weight: 1, arbitrary: anyValue },
    ),
  ),
  requestParameters: fc.oneof(
    { weight: 4, arbitrary: fc.dictionary(anyKey, anyValue, { maxKeys: 4 }) },
    { weight: 1, arbitrary: anyValue },
  ),
});

/** How different writers spell the same record. */
const spelling = fc.constantFrom<(json: string) => string>(
  (json) => json,
  (json) => json,
  (json) => json.replaceAll("/", "\\/"),
  (json) => json.replace(/[^\u0000-\u007f]/g, escapeUnit),
  (json) => json.replace(/[<>&=']/g, escapeUnit),
  (json) => json.replace(/[bkS]/g, (char) => (/^[bkS]$/.test(char) ? escapeUnit(char) : char)),
  (json) => ` ${json} `.replaceAll('":', '" :\t').replaceAll(",", " ,\n"),
  (json) => json.replace(/:(\d+)(?=[,}])/g, ":$1.0"),
  (json) => json.replace(/:(\d+)(?=[,}])/g, ":$1e0"),
  (json) => json.replace(/:(\d+)(?=[,}])/g, ":$100000000000000000000"),
);

/** A record's JSON text. Spellings that would change strings in a way JSON does not allow fall back to plain. */
export const anyRecordText: fc.Arbitrary<string> = fc.tuple(record, spelling).map(([value, spell]) => {
  const plain = JSON.stringify(value);
  const spelled = spell(plain);
  return isJson(spelled) ? spelled : plain;
});

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function isJson(candidate: string): boolean {
  try {
    JSON.parse(candidate);
    return true;
  } catch {
    return false;
  }
}

/** Records that random ones seldom hit. */
export const fixedRecordTexts: readonly string[] = [
  '{"eventName":"lone \\ud83d","requestParameters":{"a":"x\\udc00y","userName":"bob"}}',
  '{"requestParameters":{"a":18446744073709551616,"userName":"bob","b":-0,"policy":{"a":9007199254740993}}}',
  '{"requestParameters":{"a":1e400,"b":-1e400,"userName":[["bob"]],"10":1,"2":2}}',
  '{"requestParameters":{"2":1,"10":9007199254740993,"a":{"10":"x","2":"\\/"}}}',
  '{"requestParameters":{"policy":"{\\"Action\\":\\"*\\",\\"a\\":\\"b\\"}","a":"\\\\ud83d"}}',
  '{"requestParameters":[[[["bob"]]],[[[[{"a":"bob"}]]]],{"a":[[{"b":"bob"}]]}]}',
  '{"\\u0065ventName":"Create\\u0055ser","userIdentity":[{"arn":"bob"},{"arn":["mary"]}]}',
  '{"requestParameters":{"a":"\\u2028","b":{"a":"\\u2029 \\u0000 \\u007f"}}}',
  '{"requestParameters":{"a":1.0,"b":1e2,"userName":12345678901234567890,"policy":[ 443 , 0.00000012345678 , 12.345678e3 ]}}',
  `{"requestParameters":{"a":${"[".repeat(40)}"bob"${"]".repeat(40)},"policy":${'{"b":'.repeat(40)}"bob"${"}".repeat(40)}}}`,
  "{}",
  '{"requestParameters":null,"eventName":null,"readOnly":null,"resources":null,"eventTime":null,"userIdentity":null}',
  '{"requestParameters":{"a":"::ffff:010.1.2.3","b":["10.1.2.3","2001:db8::1"]},"readOnly":"true"}',
  ...[
    "arn:aws:iam::123456789012:user/bob",
    "arn:aws:iam::123456789012:user/team\\\\bob",
    "arn:aws:iam::123456789012:user/Rebob",
    "arn:aws:sts::123456789012:assumed-role/Admin/BOB",
    "arn:aws:sts::123456789012:bob",
    "Arn:aws:/é",
    "bob/",
    "/bob",
  ].map((arn) => `{"eventName":"GetObject","userIdentity":{"arn":"${arn}"}}`),
];
