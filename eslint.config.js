import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  {
    ignores: [
      "artifacts/",
      "cache/",
      "coverage/",
      "relay/dist/",
      "sdk/dist/",
      "web/dist/",
      "typechain-types/",
    ],
  },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: "error",
      // Numbers and bigints read well in messages.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    files: ["**/*.{js,mjs}"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { console: "readonly", process: "readonly" } },
  },
  {
    // What is printed goes through tasks/output.ts, which shows what strangers' texts hide.
    files: ["tasks/**/*.ts"],
    ignores: ["tasks/output.ts", "tasks/build/**"],
    rules: {
      "no-console": "error",
      "no-restricted-properties": [
        "error",
        {
          object: "process",
          property: "stdout",
          message: "print() of tasks/output.ts is the way to the screen.",
        },
      ],
    },
  },
  {
    files: ["test/**"],
    rules: {
      // Chai's assertions are property reads: expect(x).to.be.true
      "@typescript-eslint/no-unused-expressions": "off",
      // A test that a skipped or placeholder hook leaves empty is fine.
      "@typescript-eslint/no-empty-function": "off",
    },
  },
  {
    // What runs in a browser, in a Worker and in Node alike. What needs more has its place in sdk/node.
    files: ["sdk/**/*.ts"],
    ignores: ["sdk/node/**"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: "^node:", message: "A browser has no modules of Node: sdk/node is the place." },
            { regex: "^@safe-global/", message: "Safe's kit is for Node: sdk/node/safe is the place." },
            {
              regex: "^(?:viem|csv-parse|tiny-secp256k1|@nomicfoundation/|hardhat)(?:$|/)",
              message:
                "The SDK reads and signs with ethers; what needs another one is for sdk/node or the tasks.",
            },
            { regex: "^zod(?:$|/)", message: "sdk/zod.ts has it without code made at run time." },
            {
              regex: "(?:^|/)typechain-types/(?!abi/)",
              allowTypeImports: true,
              message: "These carry bytecode: import from typechain-types/abi.",
            },
            {
              regex: "(?:^|/)(?:node|tasks|deploy|test)/",
              message: "Dependencies point one way: this is behind sdk.",
            },
          ],
        },
      ],
      "no-restricted-globals": [
        "error",
        ...[
          "Buffer",
          "process",
          "global",
          "require",
          "module",
          "__dirname",
          "__filename",
          "setImmediate",
        ].map((name) => ({
          name,
          message: "A browser doesn't have it.",
        })),
      ],
    },
  },
  {
    files: ["relay/**/*.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: "^(?:hardhat|@nomicfoundation/)", message: "The relay starts without Hardhat." },
            {
              regex: "(?:^|/)(?:tasks|deploy|test)/",
              message: "Dependencies point one way: this is behind the relay.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["sdk/node/**/*.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        {
          patterns: [
            { regex: "^(?:hardhat|@nomicfoundation/)", message: "The SDK takes a provider or a signer." },
            { regex: "^zod(?:$|/)", message: "sdk/zod.ts has it without code made at run time." },
            {
              regex: "(?:^|/)(?:tasks|deploy|test)/",
              message: "Dependencies point one way: this is behind sdk.",
            },
          ],
        },
      ],
    },
  },
  { files: ["sdk/zod.ts", "sdk/zodMini.ts"], rules: { "@typescript-eslint/no-restricted-imports": "off" } },
);
