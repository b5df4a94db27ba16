const { PolicyPack } = require("@pulumi/policy");

// One policy of each kind, as ours has: the engine sends every resource to both.
new PolicyPack("empty", {
  policies: [
    {
      name: "settings",
      description: "Nothing, for each resource.",
      enforcementLevel: "mandatory",
      configSchema: { properties: {} },
      validateResource: () => {},
    },
    {
      name: "evaluate",
      description: "Nothing, for the stack.",
      enforcementLevel: "mandatory",
      validateStack: () => {},
    },
  ],
});
