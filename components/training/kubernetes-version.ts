/** What decides how pods get their EFA devices. */
export interface EfaDeviceChoice {
  version?: string;
  efaDevices?: string;
}

/** First minor version of Kubernetes that takes the EFA DRA driver (EKS user guide, 2026). */
export const FIRST_WITH_DRA = 34;
export const EKS_VERSION = "1.34";

/** The DRA driver pairs GPUs and cards that are near each other; the device plugin works with any version. */
export function efaDevicesOf(choice: EfaDeviceChoice): "dra" | "device-plugin" {
  if (choice.efaDevices === "device-plugin") return "device-plugin";
  return minor(choice.version ?? EKS_VERSION) >= FIRST_WITH_DRA ? "dra" : "device-plugin";
}

export function minor(version: string): number {
  return Number(version.split(".")[1] ?? 0);
}
