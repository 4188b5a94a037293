/** The logins of the demo data, one of every kind. They all have the same password. */
export const people = {
  customer: "ana.customer@demo.servicehub.test",
  provider: "ben.provider@demo.servicehub.test",
  company: "carla.company@demo.servicehub.test",
  member: "dan.member@demo.servicehub.test",
  onboarding: "onboarding@demo.servicehub.test",
  ops: "ops@demo.servicehub.test",
  admin: "admin@demo.servicehub.test",
  superadmin: "superadmin@demo.servicehub.test",
  auditor: "auditor@demo.servicehub.test",
} as const;

export type Person = keyof typeof people;

export const PASSWORD = "servicehub-demo";
