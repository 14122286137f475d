/** The battery of signatures, and its calibration on subjects with known answers. */
export { type BatteryOptions, batteryVersion, runBattery } from "./battery.ts";
export {
  type Calibrated,
  type Calibration,
  calibrate,
  type ErrorRates,
  matchedInScore,
  type ProfileRates,
  type Rate,
  type SignatureRates,
  thresholdsFrom,
} from "./calibrate.ts";
export {
  calibratedProfile,
  type KnownCalibration,
  knownThresholds,
  parseCalibration,
} from "./known.ts";
export { type CalibrationSettings, calibrationForms, runCalibration } from "./run.ts";
export { areaOf, type KnownValue, thresholdOf } from "./thresholds.ts";
