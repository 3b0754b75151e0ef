"""One call for every layer class of `keras.layers` that takes plain arguments, and the inputs that all are tried on.

A line is the call without `L.`; further lines of a class try arguments that change what it accepts.
"""

CALLS = """
Activation("relu")
ActivityRegularization(l1=0.1)
AdaptiveAveragePooling1D(4)
AdaptiveAveragePooling2D((4, 4))
AdaptiveAveragePooling3D((2, 2, 2))
AdaptiveMaxPooling1D(4)
AdaptiveMaxPooling2D((4, 4))
AdaptiveMaxPooling3D((2, 2, 2))
Add()
AdditiveAttention()
AlphaDropout(0.5)
Attention()
AugMix()
AutoContrast()
Average()
AveragePooling1D()
AveragePooling2D((2, 3))
AveragePooling3D()
BatchNormalization()
BatchNormalization(axis=1)
BatchNormalization(axis=5)
Bidirectional(L.LSTM(8))
Bidirectional(L.GRU(8, return_sequences=True), merge_mode="sum")
Bidirectional(L.LSTM(8), merge_mode=None)
Bidirectional(L.Dense(3))
CategoryEncoding(num_tokens=10, output_mode="multi_hot")
CategoryEncoding(num_tokens=10, output_mode="one_hot")
CenterCrop(4, 4)
Concatenate()
ContrastLimitedAdaptiveHistogramEqualization()
Conv1D(8, 3)
Conv1D(8, 3, padding="causal", dilation_rate=2)
Conv1DTranspose(8, 3)
Conv2D(8, 3)
Conv2D(8, 3, strides=2, padding="same")
Conv2D(8, 3, dilation_rate=2)
Conv2D(8, 3, groups=3)
Conv2D(9, 3, groups=3, activation="softmax")
Conv2D(8, 3, data_format="channels_first")
Conv2DTranspose(8, 3, strides=2, padding="same")
Conv2DTranspose(8, 3, strides=2, output_padding=1)
Conv3D(8, 3)
Conv3DTranspose(8, 3)
ConvLSTM1D(4, 3)
ConvLSTM2D(4, 3, padding="same", return_sequences=True)
ConvLSTM3D(4, 3)
Cropping1D(2)
Cropping2D(((1, 2), (3, 0)))
Cropping3D(2)
CutMix()
Dense(8)
Dense(8, use_bias=False)
Dense("8")
Dense(-1)
Dense()
Dense(8, units=8)
Dense(8, activation="rellu")
Dense(8, init="uniform")
Dense(8, lora_rank=2)
Dense(8, dtype="mixed_bfloat16")
Dense(8, kernel_regularizer="l2", kernel_constraint="max_norm", activity_regularizer="l2")
Dense(8, kernel_initializer="orthogonal")
Dense(8, kernel_initializer=keras.initializers.RandomNormal(stddev=0.1))
DepthwiseConv1D(3)
DepthwiseConv2D(3, depth_multiplier=2)
Discretization(bin_boundaries=[0.0, 1.0, 2.0])
Discretization(num_bins=4)
Dot(axes=1)
Dropout(0.5)
Dropout(1.5)
ELU()
EinsumDense("ab,bc->ac", output_shape=8)
EinsumDense("abc,cd->abd", output_shape=(None, 8))
Embedding(100, 8)
Embedding(100, 8, mask_zero=True)
Embedding(100, 8, input_length=10)
Equalization()
Flatten()
Flatten(data_format="channels_first")
GRU(8)
GRUCell(8)
GaussianDropout(0.5)
GaussianNoise(0.5)
GlobalAveragePooling1D()
GlobalAveragePooling2D(keepdims=True)
GlobalAveragePooling3D()
GlobalMaxPooling1D()
GlobalMaxPooling2D()
GlobalMaxPooling3D()
GroupNormalization(groups=-1)
GroupNormalization(groups=2)
GroupQueryAttention(head_dim=4, num_query_heads=4, num_key_value_heads=2)
HashedCrossing(num_bins=5)
Hashing(num_bins=5)
Identity()
InputLayer((4,))
InputLayer(batch_shape=(2, 4))
IntegerLookup(vocabulary=[1, 2, 3])
IntegerLookup()
LSTM(8)
LSTM(8, return_sequences=True)
LSTM(8, return_state=True)
LSTM(8, stateful=True)
LSTMCell(8)
Lambda(lambda x: x * 2)
Lambda(lambda x: x[:, -1])
Lambda(lambda x: tf.expand_dims(x, -1))
Lambda(lambda x: tf.matmul(x, tf.ones((3, 3))))
Lambda(lambda x: x, output_shape=(5,))
Layer()
LayerNormalization()
LayerNormalization(axis=[1, 2])
LeakyReLU(negative_slope=0.1)
Masking()
MaxNumBoundingBoxes(10)
MaxPooling1D(3, padding="same")
MaxPooling2D()
MaxPooling2D(3, 2, padding="same")
MaxPooling2D(2, data_format="channels_first")
MaxPooling3D()
Maximum()
MelSpectrogram(num_mel_bins=16, sampling_rate=8000, sequence_stride=64, fft_length=256)
Minimum()
MixUp()
MultiHeadAttention(num_heads=2, key_dim=4)
Multiply()
Normalization()
Normalization(axis=None)
Normalization(mean=0.0, variance=1.0)
PReLU()
PReLU(shared_axes=[1])
Permute((2, 1))
Pipeline([L.Rescaling(0.5), L.RandomFlip()])
RMSNormalization()
RNN(L.LSTMCell(8))
RNN([L.LSTMCell(8), L.GRUCell(4)], return_sequences=True)
RandAugment()
RandomBrightness(0.2)
RandomColorDegeneration(0.5)
RandomColorJitter((0, 255), 0.1, 0.1, 0.1, 0.1)
RandomContrast(0.2)
RandomCrop(4, 4)
RandomElasticTransform()
RandomErasing()
RandomFlip("horizontal")
RandomGaussianBlur()
RandomGrayscale()
RandomHue(0.2)
RandomInvert()
RandomPerspective()
RandomPosterization(4)
RandomRotation(0.2)
RandomSaturation(0.5)
RandomSharpness(0.5)
RandomShear(0.2, 0.2)
RandomTranslation(0.2, 0.2)
RandomZoom(0.2)
ReLU(max_value=6)
RepeatVector(3)
Rescaling(0.1)
Reshape((-1, 4))
Reshape((7, 7))
Resizing(16, 16)
ReversibleEmbedding(100, 8)
STFTSpectrogram(frame_length=64, frame_step=32, fft_length=64)
SeparableConv1D(8, 3)
SeparableConv2D(8, 3)
SimpleRNN(8)
SimpleRNN(8, return_sequences=True, go_backwards=True)
SimpleRNNCell(8)
Softmax()
Softmax(axis=3)
Solarization()
SpatialDropout1D(0.5)
SpatialDropout2D(0.5)
SpatialDropout3D(0.5)
SpectralNormalization(L.Dense(8))
SpectralNormalization(L.Conv2D(4, 3))
StackedRNNCells([L.LSTMCell(8), L.LSTMCell(4)])
StringLookup(vocabulary=["a", "b"])
StringLookup(vocabulary=["a", "b"], output_mode="one_hot")
StringLookup()
Subtract()
TextVectorization(max_tokens=100, output_sequence_length=16)
TextVectorization(max_tokens=50, output_mode="multi_hot")
TextVectorization()
TimeDistributed(L.Dense(8))
TimeDistributed(L.Conv2D(4, 3))
TimeDistributed(L.Flatten())
UnitNormalization()
UpSampling1D(2)
UpSampling2D(2, interpolation="bilinear")
UpSampling3D(2)
Wrapper(L.Dense(8))
ZeroPadding1D(2)
ZeroPadding2D(((1, 0), (0, 2)))
ZeroPadding3D(2)
""".split("\n")[1:-1]

NESTED = (
    "keras.Sequential([L.Dense(4), L.Dense(2)])",
    "keras.Sequential([keras.Input((4,)), L.Dense(4)])",
    "keras.Sequential([L.Conv2D(4, 3), L.Flatten(), L.Dense(2)])",
)

INPUTS = (
    "(4,)",
    "(7,)",
    "(49,)",
    "()",
    "(10, 4)",
    "(2, 2)",
    "(None, 4)",
    "(None,)",
    "(None, None)",
    "(12, 12, 3)",
    "(2, 2, 3)",
    "(None, None, 3)",
    "(3, 12, 12)",
    "(12, 12, 4)",
    "(6, 8, 8, 3)",
    "(2, 2, 2, 1)",
    "(None, 8, 8, 3)",
    "(8, 8, 8, 8, 3)",
)

NOT_PLAIN = {
    "FlaxLayer": "holds a module of Flax",
    "InputSpec": "is no layer",
    "JaxLayer": "holds a function of JAX",
    "TFSMLayer": "reads files",
    "TorchModuleWrapper": "holds a module of PyTorch",
}
"""What `keras.layers` has besides, and why there is no call for it."""


def dtype_of(call):
    """The dtype of the data that a layer is made for."""
    if call.startswith(("StringLookup", "TextVectorization")):
        return "string"
    if call.startswith(("Embedding", "ReversibleEmbedding", "CategoryEncoding", "IntegerLookup", "Hashing")):
        return "int32"
    return "float32"


def pairs():
    """Every input and layer, as source."""
    layers = [(call, f"L.{call}") for call in CALLS] + [(call, call) for call in NESTED]
    return [(f'keras.Input({shape}, dtype="{dtype_of(name)}")', layer) for name, layer in layers for shape in INPUTS]
