import { defineConfig } from "oxlint";
import { floorsAbove, floorsBelow, packageHomes, pureDoors, sealedFolders } from "./scripts/house-rules.ts";
import { type Floor, floors } from "./src/base/floors.ts";

/** How deep a file may lie in its folder. */
const levels = ["../", "../../", "../../../", "../../../../"];

/** What an editor shows at once. `test/repository/floors.test.ts` checks the same by following every import. */
export default defineConfig({
  plugins: ["typescript", "unicorn", "oxc", "import", "node", "promise", "react", "jsx-a11y"],
  categories: { correctness: "error", suspicious: "error" },
  options: { typeAware: true, reportUnusedDisableDirectives: "error" },
  ignorePatterns: ["console/dist", "trailwarden-*", ".bench"],
  rules: {
    "typescript/no-explicit-any": "error",
    "typescript/no-non-null-assertion": "error",
    "typescript/ban-ts-comment": "error",
    "typescript/consistent-type-imports": [
      "error",
      { fixStyle: "inline-type-imports", disallowTypeAnnotations: false },
    ],
    "typescript/no-floating-promises": [
      "error",
      // The runner keeps the promises of its tests.
      {
        allowForKnownSafeCalls: [{ from: "package", name: ["test", "it", "describe", "suite"], package: "node:test" }],
      },
    ],
    "typescript/no-misused-promises": ["error", { checksVoidReturn: false }],
    "typescript/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    "import/no-cycle": "error",
    "import/no-default-export": "error",
    "import/no-self-import": "error",
    "import/no-mutable-exports": "error",
    "eslint/no-console": "error",
    "eslint/no-eval": "error",
    "eslint/no-new-func": "error",
    "eslint/no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx"], location: "start" }],
    "node/no-process-env": "error",
    "unicorn/no-process-exit": "error",
    "unicorn/prefer-node-protocol": "error",
    "react/no-danger": "error",
    "react/rules-of-hooks": "error",

    // Control characters in logs are what we look for.
    "eslint/no-control-regex": "off",
    // A loop waits for its turn on purpose: one writer, bounded memory.
    "eslint/no-await-in-loop": "off",
    // Conditions that another callback changes look unmodified to it.
    "eslint/no-unmodified-loop-condition": "off",
    // JSON that we wrote ourselves, and the door's parsers, say what they read with `as`.
    "typescript/no-unsafe-type-assertion": "off",
    // `[...text]` counts code points, which is what is meant.
    "typescript/no-misused-spread": "off",
    // Texts are also made of addresses, parameters and numbers.
    "typescript/restrict-template-expressions": "off",
    // Lists of text sort as text; what the engine sends is converted although its type says so already.
    "typescript/require-array-sort-compare": "off",
    "typescript/no-unnecessary-type-conversion": "off",
    "typescript/no-base-to-string": "off",
    "unicorn/no-useless-spread": "off",
    // Node's types promise booleans where there may be nothing, such as `isTTY`.
    "typescript/no-unnecessary-boolean-literal-compare": "off",
    // The compiler checks this, with better knowledge.
    "typescript/consistent-return": "off",
    // `fc.assert` is how fast-check is written about everywhere.
    "import/no-named-as-default-member": "off",
    // Sorting a list that was just made, and a helper beside its only user, are both fine.
    "unicorn/no-array-sort": "off",
    "unicorn/consistent-function-scoping": "off",
    // Is meant for windows; threads have no origin.
    "unicorn/require-post-message-target-origin": "off",
  },
  overrides: [
    ...floors.map((floor) => ({
      files: [`src/${floor}/**`],
      rules: { "eslint/no-restricted-imports": forbid(restrictionsOf(floor)) },
    })),
    {
      files: ["**/*.test.ts", "**/*.fixture.ts"],
      rules: {
        // A test makes its material where it finds it, below too; `floors.test.ts` sees to the doors.
        "eslint/no-restricted-imports": "off",
        // `before` is a hook and a good name.
        "eslint/no-shadow": "off",
      },
    },
    // Where the program takes its environment, and where it passes it on to the engine's process.
    { files: ["src/cli/run.ts", "src/store/engine/engine.ts"], rules: { "node/no-process-env": "off" } },
    // Programs that people start by hand talk on the terminal.
    {
      files: ["scripts/**", "bench/**", "test/**"],
      rules: { "eslint/no-console": "off", "node/no-process-env": "off" },
    },
    // Lies in every case file and is started there by whoever checks it, with nothing but Node.
    { files: ["src/verify/case/check/**"], rules: { "eslint/no-console": "off", "node/no-process-env": "off" } },
    // What their tools ask for.
    { files: ["*.config.ts", "console/vite.config.ts"], rules: { "import/no-default-export": "off" } },
    {
      files: ["console/src/**"],
      rules: {
        "import/no-unassigned-import": ["error", { allow: ["**/*.css"] }],
        "react/react-in-jsx-scope": "off",
        "promise/always-return": "off",
        // Meant for React's compiler, which is not used: an effect may name more than it reads, to run again.
        "react/exhaustive-effect-dependencies": "off",
        "react/set-state-in-effect": "off",
        "react/incompatible-library": "off",
        // The table is a grid drawn in pieces; rows take clicks, and the page's one key handler takes the keys.
        "jsx-a11y/prefer-tag-over-role": "off",
        "jsx-a11y/click-events-have-key-events": "off",
        "jsx-a11y/interactive-supports-focus": "off",
        "jsx-a11y/no-noninteractive-element-interactions": "off",
        "jsx-a11y/no-static-element-interactions": "off",
        // It does not see labels that come out of a component or an expression.
        "jsx-a11y/control-has-associated-label": "off",
        // A field that opens because a person asked for it takes the cursor.
        "jsx-a11y/no-autofocus": "off",
      },
    },
  ],
});

interface Restriction {
  /** As in a .gitignore. */
  group: string[];
  message: string;
}

function forbid(patterns: Restriction[]): ["error", { patterns: Restriction[] }] {
  return ["error", { patterns }];
}

function restrictionsOf(floor: Floor): Restriction[] {
  const doors = floorsAbove(floor).filter((above) => above !== "base");
  const sealed = floors.filter((name) => name !== floor && sealedFolders[name]?.includes(`src/${floor}/`) === false);
  return [
    ...floorsBelow(floor).map((below) => ({
      group: within(below),
      message: `${below}/ stands below ${floor}/; state what is needed of it as an interface`,
    })),
    ...doors.map((door) => ({
      group: [...within(door), ...levels.map((up) => `!${up}${door}/index.ts`), ...pureDoorsOf(door)],
      message: `${door}/ is entered through its index.ts`,
    })),
    ...sealed.map((name) => ({ group: within(name), message: `${name}/ is sealed` })),
    ...packageHomes
      .filter(({ home, alsoIn = [] }) => ![home, ...alsoIn].some((place) => place.startsWith(`src/${floor}/`)))
      .map(({ packages, why }) => ({ group: [...packages], message: why })),
  ];
}

function pureDoorsOf(folder: Floor): string[] {
  const doors = pureDoors.filter((door) => door.startsWith(`src/${folder}/`));
  return doors.flatMap((door) => levels.map((up) => `!${up}${door.replace("src/", "")}`));
}

function within(folder: Floor): string[] {
  return levels.map((up) => `${up}${folder}/**`);
}
