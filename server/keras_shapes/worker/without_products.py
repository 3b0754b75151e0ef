"""Layers and operations of Keras in which no products are summed: they move, compare or change single values."""

from __future__ import annotations

LAYERS = frozenset(
    """InputLayer Identity Masking Activation ReLU LeakyReLU PReLU ELU Softmax ThresholdedReLU
    Embedding Flatten Reshape Permute RepeatVector
    Add Subtract Multiply Average Maximum Minimum Concatenate
    BatchNormalization LayerNormalization RMSNormalization GroupNormalization UnitNormalization Normalization
    Dropout AlphaDropout SpatialDropout1D SpatialDropout2D SpatialDropout3D GaussianDropout GaussianNoise
    ActivityRegularization Rescaling CenterCrop RandomFlip RandomCrop
    MaxPooling1D MaxPooling2D MaxPooling3D AveragePooling1D AveragePooling2D AveragePooling3D
    GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D
    GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D
    MaxPool1D MaxPool2D MaxPool3D AvgPool1D AvgPool2D AvgPool3D
    ZeroPadding1D ZeroPadding2D ZeroPadding3D Cropping1D Cropping2D Cropping3D UpSampling1D UpSampling3D
    IntegerLookup StringLookup TextVectorization Discretization Hashing HashedCrossing CategoryEncoding""".split()
)
"""Layers of Keras in which no products are summed. `AveragePooling` only adds."""

OPERATIONS = frozenset(
    """Abs Absolute Add Subtract Multiply Divide TrueDivide Negative Power Square Sqrt Rsqrt Exp Log Tanh Sigmoid Relu
    Relu6 LeakyRelu Elu Selu Gelu Silu Softplus Softsign Softmax LogSoftmax Clip Maximum Minimum Mean Sum Max Min Cast
    GetItem Reshape Transpose Squeeze ExpandDims Concatenate Stack Split Flip Repeat Tile Pad BroadcastTo Take
    Swapaxes Moveaxis Ravel Where Equal NotEqual Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr LogicalNot
    OneHot Argmax Argmin Cumsum Round Floor Ceil Sin Cos Identity""".split()
)
"""The same of `keras.ops` and arithmetic."""
