/** The operator set that graphs built here are written in: ONNX 1.12, taken by ONNX Runtime 1.12 and newer. */
export const opset = 17;
