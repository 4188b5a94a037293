/** The logins of the demo data, one of every kind. They all have the same password. */
export const people = {
  customer: "customer@demo.example",
  provider: "provider@demo.example",
  member: "member@demo.example",
  sole: "sole@demo.example",
  onboarding: "onboarding@demo.example",
  ops: "ops@demo.example",
  admin: "admin@demo.example",
  superadmin: "superadmin@demo.example",
} as const;

export type Person = keyof typeof people;

export const PASSWORD = "try-servicehub";
