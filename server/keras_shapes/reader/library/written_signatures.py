"""Parameters that no installed library can be asked for, in the form of `generated_signatures`.

Functions written in C that do not tell, functions that newer versions have dropped, and libraries that are not
installed where the generated table is made. These lines win over generated ones.
"""

SIGNATURES = """
DataFrame.append other ignore_index=False verify_integrity=False sort=False
DataFrame.applymap func na_action=None **kwargs
DataFrame.as_matrix columns=None
DataFrame.prod axis=0 skipna=True numeric_only=False min_count=0 **kwargs
Dataset.__next__
Dataset.next
Dataset.on_epoch_end
Dataset.reset
Series.applymap func
Series.as_matrix
Series.flatten order='C'
Series.get_dummies sep='|' dtype=None
Series.reshape *shape order='C'
Series.sort axis=0 ascending=True
builtins.abs x
builtins.bool x
builtins.float x
builtins.frozenset iterable
builtins.int x base=10
builtins.iter iterable sentinel
builtins.list iterable
builtins.max *args key=None default
builtins.min *args key=None default
builtins.next iterator default
builtins.reversed iterable
builtins.round number ndigits=None
builtins.set iterable
builtins.sorted iterable * key=None reverse=False
builtins.sum iterable start=0
builtins.tuple iterable
collections.Counter iterable=None **kwds
collections.OrderedDict iterable=None **kwds
collections.defaultdict default_factory=None iterable=None **kwds
collections.deque iterable=None maxlen=None
cv2.cvtColor src code dst=None dstCn=0
cv2.imread filename flags=1
cv2.resize src dsize dst=None fx=0 fy=0 interpolation=1
imageio.imread uri format=None **kwargs
itertools.chain *iterables
itertools.product *iterables * repeat=1
itertools.repeat object times
keras.backend.relu x alpha=0.0 max_value=None threshold=0.0
keras.utils.Vocabulary.get key default=None
keras.utils.Vocabulary.items
keras.utils.Vocabulary.keys
keras.utils.Vocabulary.values
math.gcd *integers
math.log x base
matplotlib.image.imread fname format=None
matplotlib.pyplot.imread fname format=None
ndarray.T
ndarray.__array__ dtype=None
ndarray.asnumpy
ndarray.clone
ndarray.eval session=None
ndarray.fill value
ndarray.get_shape
ndarray.itemset *args
ndarray.numpy
ndarray.put indices values mode='raise'
ndarray.reshape *shape order='C' copy=None newshape
ndarray.setflags write=None align=None uic=None
ndarray.toarray order=None out=None
ndarray.todense order=None out=None
ndarray.transpose *axes
ndarray.view dtype type
numpy.arange start stop=None step=1 dtype=None * device=None like=None
numpy.float_ x
numpy.fromstring string dtype=? count=-1 sep
numpy.in1d ar1 ar2 assume_unique=False invert=False * kind=None
numpy.product a axis=None dtype=None out=None keepdims=? initial=? where=?
numpy.random.ranf size=None
numpy.random.sample size=None
os.environ.get key default=None
pandas.window.prod
skimage.color.gray2rgb image alpha=None * channel_axis=None
skimage.color.hsv2rgb hsv * channel_axis=-1
skimage.color.lab2rgb lab illuminant='D65' observer='2' * channel_axis=-1
skimage.color.rgb2gray rgb * channel_axis=-1
skimage.color.rgb2hsv rgb * channel_axis=-1
skimage.color.rgb2lab rgb illuminant='D65' observer='2' * channel_axis=-1
skimage.io.imread fname as_gray=False plugin=None **plugin_args
skimage.transform.resize image output_shape order=None mode='reflect' cval=0 clip=True preserve_range=False
 anti_aliasing=None anti_aliasing_sigma=None
sklearn.datasets.load_boston return_X_y=False
tensorflow.Variable initial_value=None trainable=None validate_shape=True caching_device=None name=None
 variable_def=None dtype=None import_scope=None constraint=None synchronization=? aggregation=? shape=None
tensorflow.data.Dataset.range *args output_type=? name=None
tensorflow.meshgrid *args indexing='xy' name=None
tensorflow_datasets.as_numpy dataset
tensorflow_datasets.builder name try_gcs=False **builder_kwargs
tensorflow_datasets.core.DatasetBuilder.as_dataset split=None batch_size=None shuffle_files=False decoders=None
 read_config=None as_supervised=False
tensorflow_datasets.core.DatasetBuilder.download_and_prepare * download_dir=None download_config=None file_format=None
tensorflow_datasets.load name * split=None data_dir=None batch_size=None shuffle_files=False download=True
 as_supervised=False decoders=None read_config=None with_info=False builder_kwargs=None
 download_and_prepare_kwargs=None as_dataset_kwargs=None try_gcs=False
time.perf_counter
time.time
tqdm.auto.tqdm iterable=None desc=None total=None leave=True **kwargs
tqdm.notebook.tqdm iterable=None desc=None total=None leave=True **kwargs
tqdm.tqdm iterable=None desc=None total=None leave=True **kwargs
tqdm.tqdm_notebook iterable=None desc=None total=None leave=True **kwargs
"""
