import type { CDPSession, Page } from "@playwright/test";

/** A device made of software, in the browser of a page: it holds passkeys and makes sure of its owner without asking. */
export class Device {
  private constructor(
    private readonly wire: CDPSession,
    private readonly id: string,
  ) {}

  /** Plugs a device in. Chromium's protocol: WebAuthn.addVirtualAuthenticator. */
  static async in(page: Page): Promise<Device> {
    const wire = await page.context().newCDPSession(page);
    await wire.send("WebAuthn.enable");
    const { authenticatorId } = await wire.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new Device(wire, authenticatorId);
  }

  /** How many passkeys it holds. */
  async passkeys(): Promise<number> {
    return (await this.wire.send("WebAuthn.getCredentials", { authenticatorId: this.id })).credentials.length;
  }

  /** Whether its owner is there to be made sure of. */
  async owned(verified: boolean): Promise<void> {
    await this.wire.send("WebAuthn.setUserVerified", { authenticatorId: this.id, isUserVerified: verified });
  }
}
