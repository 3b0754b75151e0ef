"""Parameters of library functions, one a line: the path, then the names, with plain defaults.

Written by `scripts/library_signatures.py`; do not edit. `*` stands before names that are only keywords, `*name` and
`**name` take all further arguments, `=?` is a default that is no plain value.
Made from numpy 2.4.6, pandas 3.1.1, scikit-learn 1.9.1, scipy 1.17.1, tensorflow-cpu 2.21.0, keras 3.15.1, pillow
13.0.0.
"""

SIGNATURES = """
DataFrame.abs
DataFrame.add other axis='columns' level=None fill_value=None
DataFrame.apply func axis=0 raw=False result_type=None args=? by_row='compat' engine=None engine_kwargs=None **kwargs
DataFrame.assign **kwargs
DataFrame.astype dtype copy=? errors='raise'
DataFrame.bfill * axis=None inplace=False limit=None limit_area=None
DataFrame.boxplot column=None by=None ax=None fontsize=None rot=0 grid=True figsize=None layout=None return_type=None
 backend=None **kwargs
DataFrame.clip lower=None upper=None * axis=None inplace=False **kwargs
DataFrame.convert_dtypes infer_objects=? convert_string=? convert_integer=? convert_boolean=? convert_floating=?
 dtype_backend='numpy_nullable'
DataFrame.copy deep=True
DataFrame.corr method='pearson' min_periods=1 numeric_only=False
DataFrame.count axis=0 numeric_only=False
DataFrame.cov min_periods=None ddof=1 numeric_only=False
DataFrame.cumsum axis=0 skipna=True numeric_only=False *args **kwargs
DataFrame.describe percentiles=None include=None exclude=None
DataFrame.diff periods=1 axis=0
DataFrame.div other axis='columns' level=None fill_value=None
DataFrame.divide other axis='columns' level=None fill_value=None
DataFrame.drop labels=None * axis=0 index=None columns=None level=None inplace=? errors='raise'
DataFrame.drop_duplicates subset=None * keep='first' inplace=? ignore_index=False
DataFrame.dropna * axis=0 how=? thresh=? subset=None inplace=? ignore_index=False
DataFrame.duplicated subset=None keep='first'
DataFrame.ewm com=None span=None halflife=None alpha=None min_periods=0 adjust=True ignore_na=False times=None
 method='single'
DataFrame.expanding min_periods=1 method='single'
DataFrame.ffill * axis=None inplace=False limit=None limit_area=None
DataFrame.fillna value * axis=None inplace=False limit=None
DataFrame.filter arg=None like=None regex=None axis=None * items=None cond=None na=False
DataFrame.groupby by=None level=None * as_index=True sort=True group_keys=True observed=True dropna=True
DataFrame.head n=5
DataFrame.hist column=None by=None grid=True xlabelsize=None xrot=None ylabelsize=None yrot=None ax=None sharex=False
 sharey=False figsize=None layout=None bins=10 backend=None legend=False **kwargs
DataFrame.infer_objects copy=?
DataFrame.info verbose=None buf=None max_cols=None memory_usage=None show_counts=None
DataFrame.insert loc column value allow_duplicates=False
DataFrame.interpolate method='linear' * axis=0 limit=None inplace=False limit_direction=None limit_area=None **kwargs
DataFrame.isin values
DataFrame.isna
DataFrame.isnull
DataFrame.join other on=None how='left' lsuffix=? rsuffix=? sort=False validate=None * suffixes=?
DataFrame.keys
DataFrame.kurt * axis=0 skipna=True numeric_only=False **kwargs
DataFrame.map func na_action=None **kwargs
DataFrame.mask cond other=? * inplace=False axis=None level=None
DataFrame.max * axis=0 skipna=True numeric_only=False **kwargs
DataFrame.mean * axis=0 skipna=True numeric_only=False **kwargs
DataFrame.median * axis=0 skipna=True numeric_only=False **kwargs
DataFrame.merge right how='inner' on=None left_on=None right_on=None left_index=False right_index=False sort=False
 suffixes=? copy=? indicator=False validate=None
DataFrame.min * axis=0 skipna=True numeric_only=False **kwargs
DataFrame.mul other axis='columns' level=None fill_value=None
DataFrame.multiply other axis='columns' level=None fill_value=None
DataFrame.notna
DataFrame.notnull
DataFrame.nunique axis=0 dropna=True
DataFrame.pct_change periods=1 fill_method=None freq=None **kwargs
DataFrame.pivot_table values=None index=None columns=None aggfunc='mean' fill_value=None margins=False dropna=True
 margins_name='All' observed=True sort=True **kwargs
DataFrame.plot
DataFrame.pop item
DataFrame.prod * axis=0 skipna=True numeric_only=False min_count=0 **kwargs
DataFrame.quantile q=0.5 axis=0 numeric_only=False interpolation='linear' method='single'
DataFrame.query expr * parser='pandas' engine=None local_dict=None global_dict=None resolvers=None level=0 inplace=?
DataFrame.rank axis=0 method='average' numeric_only=False na_option='keep' ascending=True pct=False
DataFrame.rename mapper=None * index=None columns=None axis=None copy=? inplace=? level=None errors='ignore'
DataFrame.rename_axis mapper=? * index=? columns=? axis=0 copy=? inplace=?
DataFrame.replace to_replace=None value=? * inplace=False regex=False
DataFrame.resample rule closed=None label=None convention='start' on=None level=None origin='start_day' offset=None
 group_keys=False
DataFrame.reset_index level=None * drop=False inplace=? col_level=0 col_fill='' allow_duplicates=False names=None
DataFrame.rolling window min_periods=None center=False win_type=None on=None closed=None step=None method='single'
DataFrame.round decimals=0 *args **kwargs
DataFrame.sample n=None frac=None replace=False weights=None random_state=None axis=None ignore_index=False
DataFrame.select_dtypes include=None exclude=None
DataFrame.set_axis labels * axis=0 copy=?
DataFrame.set_index keys * drop=True append=False inplace=? verify_integrity=?
DataFrame.shift periods=1 freq=None axis=0 fill_value=? suffix=None
DataFrame.skew * axis=0 skipna=True numeric_only=False **kwargs
DataFrame.sort_index * axis=0 level=None ascending=True inplace=? kind='quicksort' na_position='last'
 sort_remaining=True ignore_index=False key=None
DataFrame.sort_values by * axis=0 ascending=True inplace=? kind='quicksort' na_position='last' ignore_index=False
 key=None
DataFrame.squeeze axis=None
DataFrame.std * axis=0 skipna=True ddof=1 numeric_only=False **kwargs
DataFrame.sub other axis='columns' level=None fill_value=None
DataFrame.subtract other axis='columns' level=None fill_value=None
DataFrame.sum * axis=0 skipna=True numeric_only=False min_count=0 **kwargs
DataFrame.tail n=5
DataFrame.to_csv path_or_buf=None * sep=',' na_rep='' float_format=None columns=None header=True index=True
 index_label=None mode='w' encoding=None compression='infer' quoting=None quotechar=? lineterminator=None
 chunksize=None date_format=None doublequote=True escapechar=None decimal='.' errors='strict' storage_options=None
DataFrame.to_numpy dtype=None copy=False na_value=?
DataFrame.to_pickle path * compression='infer' protocol=5 storage_options=None
DataFrame.truediv other axis='columns' level=None fill_value=None
DataFrame.value_counts subset=None normalize=False sort=True ascending=False dropna=True
DataFrame.var * axis=0 skipna=True ddof=1 numeric_only=False **kwargs
DataFrame.where cond other=? * inplace=False axis=None level=None
Dataset.__len__
Dataset.apply transformation_func
Dataset.as_numpy_iterator
Dataset.batch batch_size drop_remainder=False num_parallel_calls=None deterministic=None name=None
Dataset.cache filename='' name=None
Dataset.cardinality
Dataset.concatenate dataset name=None
Dataset.enumerate start=0 name=None
Dataset.filter predicate name=None
Dataset.flat_map map_func name=None
Dataset.get_single_element name=None
Dataset.ignore_errors log_warning=False name=None
Dataset.interleave map_func cycle_length=None block_length=None num_parallel_calls=None deterministic=None name=None
Dataset.map map_func num_parallel_calls=None deterministic=None synchronous=None use_unbounded_threadpool=False
 name=None
Dataset.padded_batch batch_size padded_shapes=None padding_values=None drop_remainder=False name=None
Dataset.prefetch buffer_size name=None
Dataset.ragged_batch batch_size drop_remainder=False row_splits_dtype=? name=None
Dataset.rebatch batch_size drop_remainder=False name=None
Dataset.rejection_resample class_func target_dist initial_dist=None seed=None name=None
Dataset.repeat count=None name=None
Dataset.save path compression=None shard_func=None checkpoint_args=None
Dataset.shard num_shards index name=None
Dataset.shuffle buffer_size seed=None reshuffle_each_iteration=True name=None
Dataset.skip count name=None
Dataset.snapshot path compression='AUTO' reader_func=None shard_func=None name=None
Dataset.take count name=None
Dataset.take_while predicate name=None
Dataset.unbatch name=None
Dataset.unique name=None
Dataset.window size shift=None stride=1 drop_remainder=False name=None
Dataset.with_options options name=None
PIL.Image.Image.close
PIL.Image.Image.convert mode=None matrix=None dither=None palette=? colors=256
PIL.Image.Image.copy
PIL.Image.Image.filter filter
PIL.Image.Image.resize size resample=None box=None reducing_gap=None
PIL.Image.Image.rotate angle resample=? expand=False center=None translate=None fillcolor=None
PIL.Image.Image.save fp format=None **params
PIL.Image.Image.show title=None
PIL.Image.Image.transpose method
PIL.Image.fromarray obj mode=None
PIL.Image.new mode size color=0
PIL.Image.open fp mode='r' formats=None
Series.abs
Series.add other level=None fill_value=None axis=0
Series.apply func args=? * by_row='compat' **kwargs
Series.argsort axis=0 kind='quicksort' order=None stable=None
Series.astype dtype copy=? errors='raise'
Series.between left right inclusive='both'
Series.bfill * axis=None inplace=False limit=None limit_area=None
Series.clip lower=None upper=None * axis=None inplace=False **kwargs
Series.convert_dtypes infer_objects=? convert_string=? convert_integer=? convert_boolean=? convert_floating=?
 dtype_backend='numpy_nullable'
Series.copy deep=True
Series.count
Series.cumsum axis=0 skipna=True *args **kwargs
Series.diff periods=1
Series.difference other sort=None
Series.div other level=None fill_value=None axis=0
Series.divide other level=None fill_value=None axis=0
Series.drop labels=None * axis=0 index=None columns=None level=None inplace=? errors='raise'
Series.drop_duplicates * keep='first' inplace=? ignore_index=False
Series.dropna * axis=0 inplace=? how=None ignore_index=False
Series.duplicated keep='first'
Series.ewm com=None span=None halflife=None alpha=None min_periods=0 adjust=True ignore_na=False times=None
 method='single'
Series.expanding min_periods=1 method='single'
Series.ffill * axis=None inplace=False limit=None limit_area=None
Series.fillna value * axis=None inplace=False limit=None
Series.groupby by=None level=None * as_index=True sort=True group_keys=True observed=True dropna=True
Series.head n=5
Series.hist by=None ax=None grid=True xlabelsize=None xrot=None ylabelsize=None yrot=None figsize=None bins=10
 backend=None legend=False **kwargs
Series.infer_objects copy=?
Series.info verbose=None buf=None max_cols=None memory_usage=None show_counts=True
Series.interpolate method='linear' * axis=0 limit=None inplace=False limit_direction=None limit_area=None **kwargs
Series.isin values
Series.isna
Series.isnull
Series.kurt * axis=0 skipna=True numeric_only=False **kwargs
Series.map func=None na_action=None engine=None **kwargs
Series.mask cond other=? * inplace=False axis=None level=None
Series.max * axis=0 skipna=True numeric_only=False **kwargs
Series.mean * axis=0 skipna=True numeric_only=False **kwargs
Series.median * axis=0 skipna=True numeric_only=False **kwargs
Series.min * axis=0 skipna=True numeric_only=False **kwargs
Series.mul other level=None fill_value=None axis=0
Series.multiply other level=None fill_value=None axis=0
Series.notna
Series.notnull
Series.nunique dropna=True
Series.pct_change periods=1 fill_method=None freq=None **kwargs
Series.plot
Series.prod * axis=None skipna=True numeric_only=False min_count=0 **kwargs
Series.quantile q=0.5 interpolation='linear'
Series.rank axis=0 method='average' numeric_only=False na_option='keep' ascending=True pct=False
Series.ravel order='C'
Series.rename_axis mapper=? * index=? axis=0 copy=? inplace=?
Series.replace to_replace=None value=? * inplace=False regex=False
Series.resample rule closed=None label=None convention='start' on=None level=None origin='start_day' offset=None
 group_keys=False
Series.reset_index level=None * drop=False name=? inplace=? allow_duplicates=False
Series.rolling window min_periods=None center=False win_type=None on=None closed=None step=None method='single'
Series.round decimals=0 *args **kwargs
Series.sample n=None frac=None replace=False weights=None random_state=None axis=None ignore_index=False
Series.set_axis labels * axis=0 copy=?
Series.shift periods=1 freq=None axis=0 fill_value=? suffix=None
Series.skew * axis=0 skipna=True numeric_only=False **kwargs
Series.sort_index * axis=0 level=None ascending=True inplace=? kind='quicksort' na_position='last'
 sort_remaining=True ignore_index=False key=None
Series.sort_values * axis=0 ascending=True inplace=? kind='quicksort' na_position='last' ignore_index=False key=None
Series.squeeze axis=None
Series.std * axis=None skipna=True ddof=1 numeric_only=False **kwargs
Series.sub other level=None fill_value=None axis=0
Series.subtract other level=None fill_value=None axis=0
Series.sum * axis=None skipna=True numeric_only=False min_count=0 **kwargs
Series.tail n=5
Series.to_csv path_or_buf=None * sep=',' na_rep='' float_format=None columns=None header=True index=True
 index_label=None mode='w' encoding=None compression='infer' quoting=None quotechar=? lineterminator=None
 chunksize=None date_format=None doublequote=True escapechar=None decimal='.' errors='strict' storage_options=None
Series.to_frame name=?
Series.to_list
Series.to_numpy dtype=None copy=False na_value=? **kwargs
Series.to_pickle path * compression='infer' protocol=5 storage_options=None
Series.tolist
Series.truediv other level=None fill_value=None axis=0
Series.unique
Series.value_counts normalize=False sort=True ascending=False bins=None dropna=True
Series.var * axis=None skipna=True ddof=1 numeric_only=False **kwargs
Series.where cond other=? * inplace=False axis=None level=None
builtins.abs x
builtins.float x=0
builtins.list iterable=?
builtins.reversed sequence
builtins.round number ndigits=None
builtins.sorted iterable * key=None reverse=False
builtins.sum iterable start=0
builtins.tuple iterable=?
collections.Counter iterable=None **kwds
copy.copy x
copy.deepcopy x memo=None _nil=?
glob.glob pathname * root_dir=None dir_fd=None recursive=False include_hidden=False
glob.iglob pathname * root_dir=None dir_fd=None recursive=False include_hidden=False
h5py.File name mode='r' driver=None libver=None userblock_size=None swmr=False rdcc_nslots=None rdcc_nbytes=None
 rdcc_w0=None track_order=None fs_strategy=None fs_persist=False fs_threshold=1 fs_page_size=None page_buf_size=None
 min_meta_keep=0 min_raw_keep=0 locking=None alignment_threshold=1 alignment_interval=1 meta_block_size=None **kwds
joblib.load filename mmap_mode=None ensure_native_byte_order='auto'
keras.applications.convnext.preprocess_input x data_format=None
keras.applications.densenet.preprocess_input x data_format=None
keras.applications.efficientnet.preprocess_input x data_format=None
keras.applications.efficientnet_v2.preprocess_input x data_format=None
keras.applications.imagenet_utils.preprocess_input x data_format=None mode='caffe'
keras.applications.inception_resnet_v2.preprocess_input x data_format=None
keras.applications.inception_v3.preprocess_input x data_format=None
keras.applications.mobilenet.preprocess_input x data_format=None
keras.applications.mobilenet_v2.preprocess_input x data_format=None
keras.applications.mobilenet_v3.preprocess_input x data_format=None
keras.applications.nasnet.preprocess_input x data_format=None
keras.applications.resnet.preprocess_input x data_format=None
keras.applications.resnet50.preprocess_input x data_format=None
keras.applications.resnet_v2.preprocess_input x data_format=None
keras.applications.vgg16.preprocess_input x data_format=None
keras.applications.vgg19.preprocess_input x data_format=None
keras.applications.xception.preprocess_input x data_format=None
keras.backend.abs x
keras.backend.arange start stop=None step=1 dtype='int32'
keras.backend.argmax x axis=-1
keras.backend.batch_flatten x
keras.backend.cast x dtype
keras.backend.cast_to_floatx x
keras.backend.clip x min_value max_value
keras.backend.concatenate tensors axis=-1
keras.backend.constant value dtype=None shape=None name=None
keras.backend.cos x
keras.backend.dot x y
keras.backend.elu x alpha=1.0
keras.backend.epsilon
keras.backend.equal x y
keras.backend.eval x
keras.backend.exp x
keras.backend.expand_dims x axis=-1
keras.backend.flatten x
keras.backend.get_value x
keras.backend.greater x y
keras.backend.greater_equal x y
keras.backend.int_shape x
keras.backend.less x y
keras.backend.less_equal x y
keras.backend.log x
keras.backend.max x axis=None keepdims=False
keras.backend.maximum x y
keras.backend.mean x axis=None keepdims=False
keras.backend.min x axis=None keepdims=False
keras.backend.minimum x y
keras.backend.ndim x
keras.backend.not_equal x y
keras.backend.one_hot indices num_classes
keras.backend.ones shape dtype=None name=None
keras.backend.permute_dimensions x pattern
keras.backend.pow x a
keras.backend.prod x axis=None keepdims=False
keras.backend.random_normal shape mean=0.0 stddev=1.0 dtype=None seed=None
keras.backend.random_uniform shape minval=0.0 maxval=1.0 dtype=None seed=None
keras.backend.relu x alpha=0.0 max_value=None threshold=0.0
keras.backend.reshape x shape
keras.backend.round x
keras.backend.shape x
keras.backend.sigmoid x
keras.backend.sign x
keras.backend.sin x
keras.backend.softmax x axis=-1
keras.backend.softplus x
keras.backend.sqrt x
keras.backend.square x
keras.backend.squeeze x axis
keras.backend.stack x axis=0
keras.backend.std x axis=None keepdims=False
keras.backend.stop_gradient variables
keras.backend.sum x axis=None keepdims=False
keras.backend.switch condition then_expression else_expression
keras.backend.tanh x
keras.backend.tile x n
keras.backend.transpose x
keras.backend.variable value dtype=None name=None constraint=None
keras.backend.zeros shape dtype=None name=None
keras.datasets.boston_housing.load_data path='boston_housing.npz' test_split=0.2 seed=113
keras.datasets.california_housing.load_data version='large' path='california_housing.npz' test_split=0.2 seed=113
keras.datasets.cifar10.load_data
keras.datasets.cifar100.load_data label_mode='fine'
keras.datasets.fashion_mnist.load_data
keras.datasets.imdb.get_word_index path='imdb_word_index.json'
keras.datasets.imdb.load_data path='imdb.npz' num_words=None skip_top=0 maxlen=None seed=113 start_char=1 oov_char=2
 index_from=3 **kwargs
keras.datasets.mnist.load_data path='mnist.npz'
keras.datasets.reuters.get_word_index path='reuters_word_index.json'
keras.datasets.reuters.load_data path='reuters.npz' num_words=None skip_top=0 maxlen=None test_split=0.2 seed=113
 start_char=1 oov_char=2 index_from=3
keras.layers.CenterCrop height width data_format=None **kwargs
keras.layers.GaussianNoise stddev seed=None **kwargs
keras.layers.IntegerLookup max_tokens=None num_oov_indices=1 mask_token=None oov_token=-1 vocabulary=None
 vocabulary_dtype='int64' idf_weights=None invert=False output_mode='int' sparse=False pad_to_max_tokens=False
 oov_method='floormod' salt=None name=None **kwargs
keras.layers.Normalization axis=-1 mean=None variance=None invert=False **kwargs
keras.layers.RandomBrightness factor value_range=? seed=None **kwargs
keras.layers.RandomColorJitter value_range=? brightness_factor=None contrast_factor=None saturation_factor=None
 hue_factor=None seed=None data_format=None **kwargs
keras.layers.RandomContrast factor value_range=? seed=None **kwargs
keras.layers.RandomCrop height width seed=None data_format=None name=None **kwargs
keras.layers.RandomFlip mode='horizontal_and_vertical' seed=None data_format=None **kwargs
keras.layers.RandomGrayscale factor=0.5 data_format=None seed=None **kwargs
keras.layers.RandomHue factor value_range=? data_format=None seed=None **kwargs
keras.layers.RandomRotation factor fill_mode='reflect' interpolation='bilinear' seed=None fill_value=0.0
 data_format=None **kwargs
keras.layers.RandomSaturation factor value_range=? data_format=None seed=None **kwargs
keras.layers.RandomSharpness factor value_range=? data_format=None seed=None **kwargs
keras.layers.RandomShear x_factor=0.0 y_factor=0.0 interpolation='bilinear' fill_mode='reflect' fill_value=0.0
 data_format=None seed=None **kwargs
keras.layers.RandomTranslation height_factor width_factor fill_mode='reflect' interpolation='bilinear' seed=None
 fill_value=0.0 data_format=None **kwargs
keras.layers.RandomZoom height_factor width_factor=None fill_mode='reflect' interpolation='bilinear' seed=None
 fill_value=0.0 data_format=None **kwargs
keras.layers.Rescaling scale offset=0.0 **kwargs
keras.layers.Resizing height width interpolation='bilinear' crop_to_aspect_ratio=False pad_to_aspect_ratio=False
 fill_mode='constant' fill_value=0.0 antialias=False data_format=None **kwargs
keras.layers.Solarization addition_factor=0.0 threshold_factor=0.0 value_range=? seed=None **kwargs
keras.layers.StringLookup max_tokens=None num_oov_indices=1 mask_token=None oov_token='[UNK]' vocabulary=None
 idf_weights=None invert=False output_mode='int' pad_to_max_tokens=False sparse=False encoding='utf-8' name=None
 salt=None **kwargs
keras.layers.TextVectorization max_tokens=None standardize='lower_and_strip_punctuation' split='whitespace'
 ngrams=None output_mode='int' output_sequence_length=None pad_to_max_tokens=False vocabulary=None idf_weights=None
 sparse=False ragged=False encoding='utf-8' name=None **kwargs
keras.ops.abs x
keras.ops.absolute x
keras.ops.add x1 x2
keras.ops.all x axis=None keepdims=False
keras.ops.amax x axis=None keepdims=False
keras.ops.amin x axis=None keepdims=False
keras.ops.any x axis=None keepdims=False
keras.ops.append x1 x2 axis=None
keras.ops.arange start stop=None step=None dtype=None
keras.ops.arccos x
keras.ops.arcsin x
keras.ops.arctan x
keras.ops.arctan2 x1 x2
keras.ops.arctanh x
keras.ops.argmax x axis=None keepdims=False
keras.ops.argmin x axis=None keepdims=False
keras.ops.argsort x axis=-1
keras.ops.array x dtype=None
keras.ops.array_split x indices_or_sections axis=0
keras.ops.bitwise_not x
keras.ops.broadcast_to x shape
keras.ops.cast x dtype
keras.ops.cbrt x
keras.ops.ceil x
keras.ops.clip x x_min x_max
keras.ops.concatenate xs axis=0
keras.ops.conj x
keras.ops.conjugate x
keras.ops.convert_to_numpy x
keras.ops.convert_to_tensor x dtype=None sparse=None ragged=None
keras.ops.cos x
keras.ops.cosh x
keras.ops.cumsum x axis=None dtype=None
keras.ops.deg2rad x
keras.ops.diag x k=0
keras.ops.divide x1 x2
keras.ops.divide_no_nan x1 x2
keras.ops.dot x1 x2
keras.ops.dstack xs
keras.ops.einsum subscripts *operands **kwargs
keras.ops.elu x alpha=1.0
keras.ops.empty shape dtype=None
keras.ops.empty_like x dtype=None
keras.ops.equal x1 x2
keras.ops.erf x
keras.ops.exp x
keras.ops.exp2 x
keras.ops.expand_dims x axis
keras.ops.expm1 x
keras.ops.eye N M=None k=0 dtype=None
keras.ops.fabs x
keras.ops.flip x axis=None
keras.ops.floor x
keras.ops.floor_divide x1 x2
keras.ops.fmax x1 x2
keras.ops.fmin x1 x2
keras.ops.full shape fill_value dtype=None
keras.ops.full_like x fill_value dtype=None
keras.ops.gelu x approximate=True
keras.ops.greater x1 x2
keras.ops.greater_equal x1 x2
keras.ops.hstack xs
keras.ops.hypot x1 x2
keras.ops.i0 x
keras.ops.identity n dtype=None
keras.ops.image.resize images size interpolation='bilinear' antialias=False crop_to_aspect_ratio=False
 pad_to_aspect_ratio=False fill_mode='constant' fill_value=0.0 data_format=None
keras.ops.isclose x1 x2 rtol=1e-05 atol=1e-08 equal_nan=False
keras.ops.isfinite x
keras.ops.isinf x
keras.ops.isnan x
keras.ops.leaky_relu x negative_slope=0.2
keras.ops.less x1 x2
keras.ops.less_equal x1 x2
keras.ops.linspace start stop num=50 endpoint=True retstep=False dtype=None axis=0
keras.ops.log x
keras.ops.log10 x
keras.ops.log1p x
keras.ops.log2 x
keras.ops.log_softmax x axis=-1
keras.ops.logical_and x1 x2
keras.ops.logical_not x
keras.ops.logical_or x1 x2
keras.ops.logical_xor x1 x2
keras.ops.matmul x1 x2
keras.ops.max x axis=None keepdims=False initial=None
keras.ops.maximum x1 x2
keras.ops.mean x axis=None keepdims=False
keras.ops.meshgrid *x indexing='xy'
keras.ops.min x axis=None keepdims=False initial=None
keras.ops.minimum x1 x2
keras.ops.mod x1 x2
keras.ops.moveaxis x source destination
keras.ops.multiply x1 x2
keras.ops.nan_to_num x nan=0.0 posinf=None neginf=None
keras.ops.ndim x
keras.ops.negative x
keras.ops.norm x ord=None axis=None keepdims=False
keras.ops.not_equal x1 x2
keras.ops.one_hot x num_classes axis=-1 dtype=None sparse=False
keras.ops.ones shape dtype=None
keras.ops.ones_like x dtype=None
keras.ops.outer x1 x2
keras.ops.pad x pad_width mode='constant' constant_values=None
keras.ops.power x1 x2
keras.ops.prod x axis=None keepdims=False dtype=None
keras.ops.rad2deg x
keras.ops.ravel x
keras.ops.real x
keras.ops.reciprocal x
keras.ops.relu x
keras.ops.relu6 x
keras.ops.repeat x repeats axis=None
keras.ops.reshape x newshape
keras.ops.roll x shift axis=None
keras.ops.round x decimals=0
keras.ops.rsqrt x
keras.ops.selu x
keras.ops.shape x
keras.ops.sigmoid x
keras.ops.sign x
keras.ops.silu x
keras.ops.sin x
keras.ops.sinc x
keras.ops.sinh x
keras.ops.size x
keras.ops.softmax x axis=-1
keras.ops.softplus x
keras.ops.sort x axis=-1
keras.ops.split x indices_or_sections axis=0
keras.ops.sqrt x
keras.ops.square x
keras.ops.squeeze x axis=None
keras.ops.stack x axis=0
keras.ops.std x axis=None keepdims=False
keras.ops.stop_gradient variable
keras.ops.subtract x1 x2
keras.ops.sum x axis=None keepdims=False
keras.ops.swapaxes x axis1 axis2
keras.ops.swish x
keras.ops.tan x
keras.ops.tanh x
keras.ops.tensordot x1 x2 axes=2
keras.ops.tile x repeats
keras.ops.transpose x axes=None
keras.ops.true_divide x1 x2
keras.ops.trunc x
keras.ops.unstack x num=None axis=0
keras.ops.var x axis=None keepdims=False
keras.ops.vstack xs
keras.ops.where condition x1=None x2=None
keras.ops.zeros shape dtype=None
keras.ops.zeros_like x dtype=None
keras.random.normal shape mean=0.0 stddev=1.0 dtype=None seed=None
keras.random.randint shape minval maxval dtype='int32' seed=None
keras.random.shuffle x axis=0 seed=None
keras.random.truncated_normal shape mean=0.0 stddev=1.0 dtype=None seed=None
keras.random.uniform shape minval=0.0 maxval=1.0 dtype=None seed=None
keras.utils.ImageDataGenerator featurewise_center=False samplewise_center=False featurewise_std_normalization=False
 samplewise_std_normalization=False zca_whitening=False zca_epsilon=1e-06 rotation_range=0 width_shift_range=0.0
 height_shift_range=0.0 brightness_range=None shear_range=0.0 zoom_range=0.0 channel_shift_range=0.0
 fill_mode='nearest' cval=0.0 horizontal_flip=False vertical_flip=False rescale=None preprocessing_function=None
 data_format=None validation_split=0.0 interpolation_order=1 dtype=None
keras.utils.ImageDataGenerator.fit x augment=False rounds=1 seed=None
keras.utils.ImageDataGenerator.flow x y=None batch_size=32 shuffle=True sample_weight=None seed=None save_to_dir=None
 save_prefix='' save_format='png' ignore_class_split=False subset=None
keras.utils.ImageDataGenerator.flow_from_dataframe dataframe directory=None x_col='filename' y_col='class'
 weight_col=None target_size=? color_mode='rgb' classes=None class_mode='categorical' batch_size=32 shuffle=True
 seed=None save_to_dir=None save_prefix='' save_format='png' subset=None interpolation='nearest'
 validate_filenames=True **kwargs
keras.utils.ImageDataGenerator.flow_from_directory directory target_size=? color_mode='rgb' classes=None
 class_mode='categorical' batch_size=32 shuffle=True seed=None save_to_dir=None save_prefix='' save_format='png'
 follow_links=False subset=None interpolation='nearest' keep_aspect_ratio=False
keras.utils.TimeseriesGenerator data targets length sampling_rate=1 stride=1 start_index=0 end_index=None
 shuffle=False reverse=False batch_size=128 **kwargs
keras.utils.Tokenizer num_words=None filters=? lower=True split=? char_level=False oov_token=None analyzer=None
 **kwargs
keras.utils.Tokenizer.fit_on_sequences sequences
keras.utils.Tokenizer.fit_on_texts texts
keras.utils.Tokenizer.sequences_to_matrix sequences mode='binary'
keras.utils.Tokenizer.texts_to_matrix texts mode='binary'
keras.utils.Tokenizer.texts_to_sequences texts
keras.utils.Tokenizer.texts_to_sequences_generator texts
keras.utils.array_to_img x data_format=None scale=True dtype=None
keras.utils.audio_dataset_from_directory directory labels='inferred' label_mode='int' class_names=None batch_size=32
 sampling_rate=None output_sequence_length=None ragged=False shuffle=True seed=None validation_split=None subset=None
 follow_links=False verbose=True
keras.utils.hashing_trick text n hash_function=None filters=? lower=True split=? analyzer=None
keras.utils.image_dataset_from_directory directory labels='inferred' label_mode='int' class_names=None
 color_mode='rgb' batch_size=32 image_size=? shuffle=True seed=None validation_split=None subset=None
 interpolation='bilinear' follow_links=False crop_to_aspect_ratio=False pad_to_aspect_ratio=False data_format=None
 format='tf' verbose=True
keras.utils.img_to_array img data_format=None dtype=None
keras.utils.load_img path color_mode='rgb' target_size=None interpolation='nearest' keep_aspect_ratio=False
keras.utils.normalize x axis=-1 order=2
keras.utils.one_hot input_text n filters=? lower=True split=? analyzer=None
keras.utils.pad_sequences sequences maxlen=None dtype='int32' padding='pre' truncating='pre' value=0.0
keras.utils.split_dataset dataset left_size=None right_size=None shuffle=False seed=None preferred_backend=None
keras.utils.text_dataset_from_directory directory labels='inferred' label_mode='int' class_names=None batch_size=32
 max_length=None shuffle=True seed=None validation_split=None subset=None follow_links=False format='tf' verbose=True
keras.utils.text_to_word_sequence input_text filters=? lower=True split=?
keras.utils.timeseries_dataset_from_array data targets sequence_length sequence_stride=1 sampling_rate=1
 batch_size=128 shuffle=False seed=None start_index=None end_index=None format='tf'
keras.utils.to_categorical x num_classes=None
math.ceil x
math.cos x
math.exp x
math.fabs x
math.floor x
math.gcd *integers
math.log10 x
math.log2 x
math.pow x y
math.prod iterable * start=1
math.sin x
math.sqrt x
math.tanh x
math.trunc x
ndarray.astype dtype order='K' casting='unsafe' subok=True copy=True
ndarray.copy order='C'
ndarray.flatten order='C'
ndarray.item *args
ndarray.ravel order='C'
ndarray.reshape *shape order='C' copy=None
ndarray.resize *new_shape refcheck=True
ndarray.sort axis=-1 kind=None order=None * stable=None
ndarray.tolist
ndarray.transpose *axes
numpy.abs x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.absolute x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.acos x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.add x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.all a axis=None out=None keepdims=? * where=?
numpy.amax a axis=None out=None keepdims=? initial=? where=?
numpy.amin a axis=None out=None keepdims=? initial=? where=?
numpy.any a axis=None out=None keepdims=? * where=?
numpy.append arr values axis=None
numpy.arange start_or_stop stop=None step=1 * dtype=None device=None like=None
numpy.arccos x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.arcsin x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.arctan x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.arctan2 x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.arctanh x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.argmax a axis=None out=None * keepdims=?
numpy.argmin a axis=None out=None * keepdims=?
numpy.argpartition a kth axis=-1 kind='introselect' order=None
numpy.argsort a axis=-1 kind=None order=None * stable=None
numpy.argwhere a
numpy.around a decimals=0 out=None
numpy.array object dtype=None * copy=True order='K' subok=False ndmin=0 ndmax=0 like=None
numpy.array_split ary indices_or_sections axis=0
numpy.asanyarray a dtype=None order=None * device=None copy=None like=None
numpy.asarray a dtype=None order=None * device=None copy=None like=None
numpy.ascontiguousarray a dtype=None * like=None
numpy.asin x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.atan x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.atan2 x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.atanh x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.atleast_1d *arys
numpy.atleast_2d *arys
numpy.atleast_3d *arys
numpy.average a axis=None weights=None returned=False * keepdims=?
numpy.bincount x weights=None minlength=0
numpy.bitwise_not x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.bool_ value=False
numpy.broadcast_to array shape subok=False
numpy.cbrt x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.ceil x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.clip a a_min=? a_max=? out=None * min=? max=? **kwargs
numpy.column_stack tup
numpy.concat arrays axis=0 out=None * dtype=None casting='same_kind'
numpy.concatenate arrays axis=0 out=None * dtype=None casting='same_kind'
numpy.conj x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.conjugate x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.convolve a v mode='full'
numpy.copy a order='K' subok=False
numpy.copyto dst src casting='same_kind' where=True
numpy.cos x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.cosh x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.count_nonzero a axis=None * keepdims=False
numpy.cumprod a axis=None dtype=None out=None
numpy.cumsum a axis=None dtype=None out=None
numpy.deg2rad x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.degrees x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.delete arr obj axis=None
numpy.diag v k=0
numpy.diff a n=1 axis=-1 prepend=? append=?
numpy.divide x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.dot a b out=None
numpy.double value=0
numpy.dsplit ary indices_or_sections
numpy.dstack tup
numpy.einsum *operands out=None optimize=False **kwargs
numpy.empty shape dtype=None order='C' * device=None like=None
numpy.empty_like prototype dtype=None order='K' subok=True shape=None * device=None
numpy.equal x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.exp x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.exp2 x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.expand_dims a axis
numpy.expm1 x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.eye N M=None k=0 dtype=? order='C' * device=None like=None
numpy.fabs x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.fill_diagonal a val wrap=False
numpy.fix x out=None
numpy.flatnonzero a
numpy.flip m axis=None
numpy.fliplr m
numpy.flipud m
numpy.float16 value=0
numpy.float32 value=0
numpy.float64 value=0
numpy.float_power x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.floor x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.floor_divide x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.fmax x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.fmin x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.frombuffer buffer dtype=None count=-1 offset=0 * like=None
numpy.fromfile file dtype=None count=-1 sep='' offset=0 * like=None
numpy.fromfunction function shape * dtype=? like=None **kwargs
numpy.fromiter iter dtype count=-1 * like=None
numpy.full shape fill_value dtype=None order='C' * device=None like=None
numpy.full_like a fill_value dtype=None order='K' subok=True shape=None * device=None
numpy.genfromtxt fname dtype=? comments='#' delimiter=None skip_header=0 skip_footer=0 converters=None
 missing_values=None filling_values=None usecols=None names=None excludelist=None deletechars=? replace_space='_'
 autostrip=False case_sensitive=True defaultfmt='f%i' unpack=None usemask=False loose=True invalid_raise=True
 max_rows=None encoding=None * ndmin=0 like=None
numpy.geomspace start stop num=50 endpoint=True dtype=None axis=0
numpy.gradient f *varargs axis=None edge_order=1
numpy.greater x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.greater_equal x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.histogram a bins=10 range=None density=None weights=None
numpy.hsplit ary indices_or_sections
numpy.hstack tup * dtype=None casting='same_kind'
numpy.hypot x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.i0 x
numpy.identity n dtype=None * like=None
numpy.indices dimensions dtype=? sparse=False
numpy.insert arr obj values axis=None
numpy.int16 value=0
numpy.int32 value=0
numpy.int64 value=0
numpy.int8 value=0
numpy.int_ value=0
numpy.interp x xp fp left=None right=None period=None
numpy.invert x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.isclose a b rtol=1e-05 atol=1e-08 equal_nan=False
numpy.isfinite x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.isin element test_elements assume_unique=False invert=False * kind=None
numpy.isinf x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.isnan x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.less x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.less_equal x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.lexsort keys axis=-1
numpy.lib.stride_tricks.sliding_window_view x window_shape axis=None * subok=False writeable=False
numpy.linalg.matmul x1 x2
numpy.linalg.norm x ord=None axis=None keepdims=False
numpy.linspace start stop num=50 endpoint=True retstep=False dtype=None axis=0 * device=None
numpy.load file mmap_mode=None allow_pickle=False fix_imports=True encoding='ASCII' * max_header_size=10000
numpy.loadtxt fname dtype=? comments='#' delimiter=None converters=None skiprows=0 usecols=None unpack=False ndmin=0
 encoding=None max_rows=None * quotechar=None like=None
numpy.log x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.log10 x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.log1p x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.log2 x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.logical_and x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.logical_not x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.logical_or x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.logical_xor x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.logspace start stop num=50 endpoint=True base=10.0 dtype=None axis=0
numpy.matmul x1 x2 out=None * axes=? axis=? keepdims=False casting='same_kind' order='K' dtype=None subok=True
 signature=None
numpy.matrix data dtype=None copy=True
numpy.max a axis=None out=None keepdims=? initial=? where=?
numpy.maximum x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.mean a axis=None dtype=None out=None keepdims=? * where=?
numpy.median a axis=None out=None overwrite_input=False keepdims=False
numpy.memmap filename dtype=? mode='r+' offset=0 shape=None order='C'
numpy.meshgrid *xi copy=True sparse=False indexing='xy'
numpy.min a axis=None out=None keepdims=? initial=? where=?
numpy.minimum x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.mod x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.moveaxis a source destination
numpy.multiply x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.nan_to_num x copy=True nan=0.0 posinf=None neginf=None
numpy.nanargmax a axis=None out=None * keepdims=?
numpy.nanargmin a axis=None out=None * keepdims=?
numpy.nanmax a axis=None out=None keepdims=? initial=? where=?
numpy.nanmean a axis=None dtype=None out=None keepdims=? * where=?
numpy.nanmedian a axis=None out=None overwrite_input=False keepdims=?
numpy.nanmin a axis=None out=None keepdims=? initial=? where=?
numpy.nanpercentile a q axis=None out=None overwrite_input=False method='linear' keepdims=? * weights=None
numpy.nanstd a axis=None dtype=None out=None ddof=0 keepdims=? * where=? mean=? correction=?
numpy.nansum a axis=None dtype=None out=None keepdims=? initial=? where=?
numpy.ndim a
numpy.negative x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.nonzero a
numpy.not_equal x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.ones shape dtype=None order='C' * device=None like=None
numpy.ones_like a dtype=None order='K' subok=True shape=None * device=None
numpy.outer a b out=None
numpy.pad array pad_width mode='constant' **kwargs
numpy.percentile a q axis=None out=None overwrite_input=False method='linear' keepdims=False * weights=None
numpy.permute_dims a axes=None
numpy.place arr mask vals
numpy.positive x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.pow x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.power x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.prod a axis=None dtype=None out=None keepdims=? initial=? where=?
numpy.ptp a axis=None out=None keepdims=?
numpy.put a ind v mode='raise'
numpy.put_along_axis arr indices values axis
numpy.putmask a mask values
numpy.quantile a q axis=None out=None overwrite_input=False method='linear' keepdims=False * weights=None
numpy.rad2deg x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.radians x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.random.Generator bit_generator
numpy.random.Generator.beta a b size=None
numpy.random.Generator.binomial n p size=None
numpy.random.Generator.bytes length
numpy.random.Generator.chisquare df size=None
numpy.random.Generator.choice a size=None replace=True p=None axis=0 shuffle=True
numpy.random.Generator.dirichlet alpha size=None
numpy.random.Generator.exponential scale=1.0 size=None
numpy.random.Generator.f dfnum dfden size=None
numpy.random.Generator.gamma shape scale=1.0 size=None
numpy.random.Generator.geometric p size=None
numpy.random.Generator.gumbel loc=0.0 scale=1.0 size=None
numpy.random.Generator.hypergeometric ngood nbad nsample size=None
numpy.random.Generator.integers low high=None size=None dtype=? endpoint=False
numpy.random.Generator.laplace loc=0.0 scale=1.0 size=None
numpy.random.Generator.logistic loc=0.0 scale=1.0 size=None
numpy.random.Generator.lognormal mean=0.0 sigma=1.0 size=None
numpy.random.Generator.logseries p size=None
numpy.random.Generator.multinomial n pvals size=None
numpy.random.Generator.multivariate_hypergeometric colors nsample size=None method='marginals'
numpy.random.Generator.multivariate_normal mean cov size=None check_valid='warn' tol=1e-08 * method='svd'
numpy.random.Generator.negative_binomial n p size=None
numpy.random.Generator.noncentral_chisquare df nonc size=None
numpy.random.Generator.noncentral_f dfnum dfden nonc size=None
numpy.random.Generator.normal loc=0.0 scale=1.0 size=None
numpy.random.Generator.pareto a size=None
numpy.random.Generator.permutation x axis=0
numpy.random.Generator.permuted x * axis=None out=None
numpy.random.Generator.poisson lam=1.0 size=None
numpy.random.Generator.power a size=None
numpy.random.Generator.random size=None dtype=? out=None
numpy.random.Generator.rayleigh scale=1.0 size=None
numpy.random.Generator.shuffle x axis=0
numpy.random.Generator.spawn n_children
numpy.random.Generator.standard_cauchy size=None
numpy.random.Generator.standard_exponential size=None dtype=? method='zig' out=None
numpy.random.Generator.standard_gamma shape size=None dtype=? out=None
numpy.random.Generator.standard_normal size=None dtype=? out=None
numpy.random.Generator.standard_t df size=None
numpy.random.Generator.triangular left mode right size=None
numpy.random.Generator.uniform low=0.0 high=1.0 size=None
numpy.random.Generator.vonmises mu kappa size=None
numpy.random.Generator.wald mean scale size=None
numpy.random.Generator.weibull a size=None
numpy.random.Generator.zipf a size=None
numpy.random.RandomState seed=None
numpy.random.beta a b size=None
numpy.random.binomial n p size=None
numpy.random.chisquare df size=None
numpy.random.choice a size=None replace=True p=None
numpy.random.default_rng seed=None
numpy.random.dirichlet alpha size=None
numpy.random.exponential scale=1.0 size=None
numpy.random.gamma shape scale=1.0 size=None
numpy.random.geometric p size=None
numpy.random.gumbel loc=0.0 scale=1.0 size=None
numpy.random.laplace loc=0.0 scale=1.0 size=None
numpy.random.logistic loc=0.0 scale=1.0 size=None
numpy.random.lognormal mean=0.0 sigma=1.0 size=None
numpy.random.multinomial n pvals size=None
numpy.random.multivariate_normal mean cov size=None check_valid='warn' tol=1e-08
numpy.random.normal loc=0.0 scale=1.0 size=None
numpy.random.permutation x
numpy.random.poisson lam=1.0 size=None
numpy.random.rand *args
numpy.random.randint low high=None size=None dtype=?
numpy.random.randn *args
numpy.random.random size=None
numpy.random.random_integers low high=None size=None
numpy.random.random_sample size=None
numpy.random.rayleigh scale=1.0 size=None
numpy.random.seed seed=None
numpy.random.shuffle x
numpy.random.standard_exponential size=None
numpy.random.standard_normal size=None
numpy.random.standard_t df size=None
numpy.random.triangular left mode right size=None
numpy.random.uniform low=0.0 high=1.0 size=None
numpy.random.vonmises mu kappa size=None
numpy.random.weibull a size=None
numpy.ravel a order='C'
numpy.real val
numpy.reciprocal x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.remainder x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.repeat a repeats axis=None
numpy.reshape a shape order='C' * copy=None
numpy.resize a new_shape
numpy.rint x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.roll a shift axis=None
numpy.rollaxis a axis start=0
numpy.rot90 m k=1 axes=?
numpy.round a decimals=0 out=None
numpy.row_stack tup * dtype=None casting='same_kind'
numpy.save file arr allow_pickle=True
numpy.savetxt fname X fmt='%.18e' delimiter=? newline=? header='' footer='' comments=? encoding=None
numpy.savez file *args allow_pickle=True **kwds
numpy.savez_compressed file *args allow_pickle=True **kwds
numpy.set_printoptions precision=None threshold=None edgeitems=None linewidth=None suppress=None nanstr=None
 infstr=None formatter=None sign=None floatmode=None * legacy=None override_repr=None
numpy.shape a
numpy.sign x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.sin x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.sinc x
numpy.single value=0
numpy.sinh x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.size a axis=None
numpy.sort a axis=-1 kind=None order=None * stable=None
numpy.split ary indices_or_sections axis=0
numpy.sqrt x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.square x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.squeeze a axis=None
numpy.stack arrays axis=0 out=None * dtype=None casting='same_kind'
numpy.std a axis=None dtype=None out=None ddof=0 keepdims=? * where=? mean=? correction=?
numpy.subtract x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.sum a axis=None dtype=None out=None keepdims=? initial=? where=?
numpy.swapaxes a axis1 axis2
numpy.tan x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.tanh x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.tensordot a b axes=2
numpy.tile A reps
numpy.transpose a axes=None
numpy.true_divide x1 x2 out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.trunc x out=None * where=True casting='same_kind' order='K' dtype=None subok=True signature=None
numpy.uint16 value=0
numpy.uint32 value=0
numpy.uint64 value=0
numpy.uint8 value=0
numpy.unique ar return_index=False return_inverse=False return_counts=False axis=None * equal_nan=True sorted=True
numpy.var a axis=None dtype=None out=None ddof=0 keepdims=? * where=? mean=? correction=?
numpy.vectorize pyfunc=? otypes=None doc=None excluded=None cache=False signature=None
numpy.vsplit ary indices_or_sections
numpy.vstack tup * dtype=None casting='same_kind'
numpy.where condition x=None y=None
numpy.zeros shape dtype=None order='C' * device=None like=None
numpy.zeros_like a dtype=None order='K' subok=True shape=None * device=None
os.environ.get key default=None
os.getenv key default=None
os.listdir path=None
os.path.join a *p
os.walk top topdown=True onerror=None followlinks=False
pandas.DataFrame data=None index=None columns=None dtype=None copy=None
pandas.Series data=None index=None dtype=None name=None copy=None
pandas.concat objs * axis=0 join='outer' ignore_index=False keys=None levels=None names=None verify_integrity=False
 sort=? copy=? union_categories=False
pandas.date_range start=None end=None periods=None freq=None tz=None normalize=False name=None inclusive='both' *
 unit=None ambiguous='raise' nonexistent='raise' **kwargs
pandas.factorize values sort=False use_na_sentinel=True size_hint=None
pandas.get_dummies data prefix=None prefix_sep='_' dummy_na=False columns=None sparse=False drop_first=False
 dtype=None
pandas.isna obj
pandas.isnull obj
pandas.notna obj
pandas.notnull obj
pandas.read_csv filepath_or_buffer * sep=? delimiter=? header='infer' names=? index_col=None usecols=None dtype=None
 engine=None converters=None true_values=None false_values=None skipinitialspace=False skiprows=None skipfooter=0
 nrows=None na_values=None keep_default_na=True na_filter=True skip_blank_lines=True parse_dates=None
 date_format=None dayfirst=False cache_dates=True iterator=False chunksize=None compression='infer' thousands=None
 decimal='.' lineterminator=None quotechar=? quoting=0 doublequote=True escapechar=None comment=None encoding=None
 encoding_errors='strict' dialect=None on_bad_lines='error' low_memory=True memory_map=False float_precision=None
 storage_options=None dtype_backend=?
pandas.read_excel io sheet_name=0 * header=0 names=None index_col=None usecols=None dtype=None engine=None
 converters=None true_values=None false_values=None skiprows=None nrows=None na_values=None keep_default_na=True
 na_filter=True verbose=False parse_dates=False date_format=None thousands=None decimal='.' comment=None skipfooter=0
 storage_options=None dtype_backend=? engine_kwargs=None
pandas.read_feather path columns=None use_threads=True storage_options=None dtype_backend=?
pandas.read_fwf filepath_or_buffer * colspecs='infer' widths=None infer_nrows=100 iterator=False chunksize=None
 **kwds
pandas.read_hdf path_or_buf key=None mode='r' errors='strict' where=None start=None stop=None columns=None
 iterator=False chunksize=None **kwargs
pandas.read_html io * match='.+' flavor=None header=None index_col=None skiprows=None attrs=None parse_dates=False
 thousands=',' encoding=None decimal='.' converters=None na_values=None keep_default_na=True displayed_only=True
 extract_links=None dtype_backend=? storage_options=None
pandas.read_json path_or_buf * orient=None typ='frame' dtype=None convert_axes=None convert_dates=?
 keep_default_dates=? precise_float=False date_unit=None encoding=None encoding_errors='strict' lines=False
 chunksize=None compression='infer' nrows=None storage_options=None dtype_backend=? engine='ujson'
pandas.read_parquet path engine=? columns=None storage_options=None dtype_backend=? filesystem=None filters=None
 to_pandas_kwargs=None **kwargs
pandas.read_pickle filepath_or_buffer compression='infer' storage_options=None
pandas.read_sql sql con index_col=None coerce_float=True params=None parse_dates=None columns=None chunksize=None
 dtype_backend=? dtype=None
pandas.read_table filepath_or_buffer * sep=? delimiter=? header='infer' names=? index_col=None usecols=None
 dtype=None engine=None converters=None true_values=None false_values=None skipinitialspace=False skiprows=None
 skipfooter=0 nrows=None na_values=None keep_default_na=True na_filter=True skip_blank_lines=True parse_dates=None
 date_format=None dayfirst=False cache_dates=True iterator=False chunksize=None compression='infer' thousands=None
 decimal='.' lineterminator=None quotechar=? quoting=0 doublequote=True escapechar=None comment=None encoding=None
 encoding_errors='strict' dialect=None on_bad_lines='error' low_memory=True memory_map=False float_precision=None
 storage_options=None dtype_backend=?
pandas.set_option *args
pandas.to_datetime arg errors='raise' dayfirst=False yearfirst=False utc=False format=None exact=? unit=None
 origin='unix' cache=True
pandas.to_numeric arg errors='raise' downcast=None dtype_backend=?
pandas.unique values
pandas.window.corr other=None pairwise=None ddof=1 numeric_only=False
pandas.window.count numeric_only=False
pandas.window.cov other=None pairwise=None ddof=1 numeric_only=False
pandas.window.kurt numeric_only=False
pandas.window.max numeric_only=False *args engine=None engine_kwargs=None **kwargs
pandas.window.mean numeric_only=False engine=None engine_kwargs=None
pandas.window.median numeric_only=False engine=None engine_kwargs=None
pandas.window.min numeric_only=False engine=None engine_kwargs=None
pandas.window.nunique numeric_only=False
pandas.window.quantile q interpolation='linear' numeric_only=False
pandas.window.skew numeric_only=False
pandas.window.std ddof=1 numeric_only=False engine=None engine_kwargs=None
pandas.window.sum numeric_only=False engine=None engine_kwargs=None
pandas.window.var ddof=1 numeric_only=False engine=None engine_kwargs=None
pickle.load file * fix_imports=True encoding='ASCII' errors='strict' buffers=?
random.choice seq
random.gauss mu=0.0 sigma=1.0
random.normalvariate mu=0.0 sigma=1.0
random.randint a b
random.random
random.randrange start stop=None step=1
random.sample population k * counts=None
random.seed a=None version=2
random.shuffle x
random.uniform a b
scipy.io.loadmat file_name mdict=None appendmat=True * spmatrix=True **kwargs
scipy.stats.zscore a axis=0 ddof=0 nan_policy='propagate'
sklearn.compose.ColumnTransformer transformers * remainder='drop' sparse_threshold=0.3 n_jobs=None
 transformer_weights=None verbose=False verbose_feature_names_out=True
sklearn.compose.ColumnTransformer.fit X y=None **params
sklearn.compose.ColumnTransformer.fit_transform X y=None **params
sklearn.compose.ColumnTransformer.transform X **params
sklearn.datasets.fetch_california_housing * data_home=None download_if_missing=True return_X_y=False as_frame=False
 n_retries=3 delay=1.0
sklearn.datasets.fetch_covtype * data_home=None download_if_missing=True random_state=None shuffle=False
 return_X_y=False as_frame=False n_retries=3 delay=1.0
sklearn.datasets.fetch_olivetti_faces * data_home=None shuffle=False random_state=0 download_if_missing=True
 return_X_y=False n_retries=3 delay=1.0
sklearn.datasets.fetch_openml name=None * version='active' data_id=None data_home=None target_column='default-target'
 cache=True return_X_y=False as_frame='auto' n_retries=3 delay=1.0 parser='auto' read_csv_kwargs=None
sklearn.datasets.load_breast_cancer * return_X_y=False as_frame=False
sklearn.datasets.load_diabetes * return_X_y=False as_frame=False scaled=True
sklearn.datasets.load_digits * n_class=10 return_X_y=False as_frame=False
sklearn.datasets.load_iris * return_X_y=False as_frame=False
sklearn.datasets.load_linnerud * return_X_y=False as_frame=False
sklearn.datasets.load_wine * return_X_y=False as_frame=False
sklearn.datasets.make_blobs n_samples=100 n_features=2 * centers=None cluster_std=1.0 center_box=? shuffle=True
 random_state=None return_centers=False
sklearn.datasets.make_circles n_samples=100 * shuffle=True noise=None random_state=None factor=0.8
sklearn.datasets.make_classification n_samples=100 n_features=20 * n_informative=2 n_redundant=2 n_repeated=0
 n_classes=2 n_clusters_per_class=2 weights=None flip_y=0.01 class_sep=1.0 hypercube=True shift=0.0 scale=1.0
 shuffle=True random_state=None return_X_y=True
sklearn.datasets.make_friedman1 n_samples=100 n_features=10 * noise=0.0 random_state=None
sklearn.datasets.make_gaussian_quantiles * mean=None cov=1.0 n_samples=100 n_features=2 n_classes=3 shuffle=True
 random_state=None
sklearn.datasets.make_moons n_samples=100 * shuffle=True noise=None random_state=None
sklearn.datasets.make_multilabel_classification n_samples=100 n_features=20 * n_classes=5 n_labels=2 length=50
 allow_unlabeled=True sparse=False return_indicator='dense' return_distributions=False random_state=None
sklearn.datasets.make_regression n_samples=100 n_features=100 * n_informative=10 n_targets=1 bias=0.0
 effective_rank=None tail_strength=0.5 noise=0.0 shuffle=True coef=False random_state=None
sklearn.datasets.make_s_curve n_samples=100 * noise=0.0 random_state=None
sklearn.datasets.make_swiss_roll n_samples=100 * noise=0.0 random_state=None hole=False
sklearn.decomposition.NMF n_components='auto' * init=None solver='cd' beta_loss='frobenius' tol=0.0001 max_iter=200
 random_state=None alpha_W=0.0 alpha_H='same' l1_ratio=0.0 verbose=0 shuffle=False
sklearn.decomposition.NMF.fit X y=None **params
sklearn.decomposition.NMF.fit_transform X y=None W=None H=None
sklearn.decomposition.NMF.inverse_transform X
sklearn.decomposition.NMF.transform X
sklearn.decomposition.PCA n_components=None * copy=True whiten=False svd_solver='auto' tol=0.0 iterated_power='auto'
 n_oversamples=10 power_iteration_normalizer='auto' random_state=None
sklearn.decomposition.PCA.fit X y=None
sklearn.decomposition.PCA.fit_transform X y=None
sklearn.decomposition.PCA.inverse_transform X
sklearn.decomposition.PCA.transform X
sklearn.decomposition.TruncatedSVD n_components=2 * algorithm='randomized' n_iter=5 n_oversamples=10
 power_iteration_normalizer='auto' random_state=None tol=0.0
sklearn.decomposition.TruncatedSVD.fit X y=None
sklearn.decomposition.TruncatedSVD.fit_transform X y=None
sklearn.decomposition.TruncatedSVD.inverse_transform X
sklearn.decomposition.TruncatedSVD.transform X
sklearn.feature_extraction.text.CountVectorizer * input='content' encoding='utf-8' decode_error='strict'
 strip_accents=None lowercase=True preprocessor=None tokenizer=None stop_words=None token_pattern=? ngram_range=?
 analyzer='word' max_df=1.0 min_df=1 max_features=None vocabulary=None binary=False dtype=?
sklearn.feature_extraction.text.CountVectorizer.fit raw_documents y=None
sklearn.feature_extraction.text.CountVectorizer.fit_transform raw_documents y=None
sklearn.feature_extraction.text.CountVectorizer.inverse_transform X
sklearn.feature_extraction.text.CountVectorizer.transform raw_documents
sklearn.feature_extraction.text.TfidfVectorizer * input='content' encoding='utf-8' decode_error='strict'
 strip_accents=None lowercase=True preprocessor=None tokenizer=None analyzer='word' stop_words=None token_pattern=?
 ngram_range=? max_df=1.0 min_df=1 max_features=None vocabulary=None binary=False dtype=? norm='l2' use_idf=True
 smooth_idf=True sublinear_tf=False
sklearn.feature_extraction.text.TfidfVectorizer.fit raw_documents y=None
sklearn.feature_extraction.text.TfidfVectorizer.fit_transform raw_documents y=None
sklearn.feature_extraction.text.TfidfVectorizer.inverse_transform X
sklearn.feature_extraction.text.TfidfVectorizer.transform raw_documents
sklearn.feature_selection.SelectKBest score_func=? * k=10
sklearn.feature_selection.SelectKBest.fit X y=None
sklearn.feature_selection.SelectKBest.fit_transform X y=None **fit_params
sklearn.feature_selection.SelectKBest.inverse_transform X
sklearn.feature_selection.SelectKBest.transform X
sklearn.impute.KNNImputer * missing_values=nan n_neighbors=5 weights='uniform' metric='nan_euclidean' copy=True
 add_indicator=False keep_empty_features=False
sklearn.impute.KNNImputer.fit X y=None
sklearn.impute.KNNImputer.fit_transform X y=None **fit_params
sklearn.impute.KNNImputer.transform X
sklearn.impute.SimpleImputer * missing_values=nan strategy='mean' fill_value=None copy=True add_indicator=False
 keep_empty_features=False
sklearn.impute.SimpleImputer.fit X y=None
sklearn.impute.SimpleImputer.fit_transform X y=None **fit_params
sklearn.impute.SimpleImputer.inverse_transform X
sklearn.impute.SimpleImputer.transform X
sklearn.model_selection.GroupKFold n_splits=5 * shuffle=False random_state=None
sklearn.model_selection.GroupKFold.get_n_splits X=None y=None groups=None
sklearn.model_selection.GroupKFold.split X y=None groups=None
sklearn.model_selection.KFold n_splits=5 * shuffle=False random_state=None
sklearn.model_selection.KFold.get_n_splits X=None y=None groups=None
sklearn.model_selection.KFold.split X y=None groups=None
sklearn.model_selection.RepeatedKFold * n_splits=5 n_repeats=10 random_state=None
sklearn.model_selection.RepeatedKFold.get_n_splits X=None y=None groups=None
sklearn.model_selection.RepeatedKFold.split X y=None groups=None
sklearn.model_selection.RepeatedStratifiedKFold * n_splits=5 n_repeats=10 random_state=None
sklearn.model_selection.RepeatedStratifiedKFold.get_n_splits X=None y=None groups=None
sklearn.model_selection.RepeatedStratifiedKFold.split X y groups=None
sklearn.model_selection.ShuffleSplit n_splits=10 * test_size=None train_size=None random_state=None
sklearn.model_selection.ShuffleSplit.get_n_splits X=None y=None groups=None
sklearn.model_selection.ShuffleSplit.split X y=None groups=None
sklearn.model_selection.StratifiedKFold n_splits=5 * shuffle=False random_state=None
sklearn.model_selection.StratifiedKFold.get_n_splits X=None y=None groups=None
sklearn.model_selection.StratifiedKFold.split X y groups=None
sklearn.model_selection.StratifiedShuffleSplit n_splits=10 * test_size=None train_size=None random_state=None
sklearn.model_selection.StratifiedShuffleSplit.get_n_splits X=None y=None groups=None
sklearn.model_selection.StratifiedShuffleSplit.split X y groups=None
sklearn.model_selection.TimeSeriesSplit n_splits=5 * max_train_size=None test_size=None gap=0
sklearn.model_selection.TimeSeriesSplit.get_n_splits X=None y=None groups=None
sklearn.model_selection.TimeSeriesSplit.split X y=None groups=None
sklearn.model_selection.train_test_split *arrays test_size=None train_size=None random_state=None shuffle=True
 stratify=None
sklearn.preprocessing.Binarizer * threshold=0.0 copy=True
sklearn.preprocessing.Binarizer.fit X y=None
sklearn.preprocessing.Binarizer.fit_transform X y=None **fit_params
sklearn.preprocessing.Binarizer.transform X copy=None
sklearn.preprocessing.FunctionTransformer func=None inverse_func=None * validate=False accept_sparse=False
 check_inverse=True feature_names_out=None kw_args=None inv_kw_args=None
sklearn.preprocessing.FunctionTransformer.fit X y=None
sklearn.preprocessing.FunctionTransformer.fit_transform X y=None **fit_params
sklearn.preprocessing.FunctionTransformer.inverse_transform X
sklearn.preprocessing.FunctionTransformer.transform X
sklearn.preprocessing.LabelBinarizer * neg_label=0 pos_label=1 sparse_output=False
sklearn.preprocessing.LabelBinarizer.fit y
sklearn.preprocessing.LabelBinarizer.fit_transform y
sklearn.preprocessing.LabelBinarizer.inverse_transform Y threshold=None
sklearn.preprocessing.LabelBinarizer.transform y
sklearn.preprocessing.LabelEncoder
sklearn.preprocessing.LabelEncoder.fit y
sklearn.preprocessing.LabelEncoder.fit_transform y
sklearn.preprocessing.LabelEncoder.inverse_transform y
sklearn.preprocessing.LabelEncoder.transform y
sklearn.preprocessing.MaxAbsScaler * copy=True clip=False
sklearn.preprocessing.MaxAbsScaler.fit X y=None
sklearn.preprocessing.MaxAbsScaler.fit_transform X y=None **fit_params
sklearn.preprocessing.MaxAbsScaler.inverse_transform X
sklearn.preprocessing.MaxAbsScaler.partial_fit X y=None
sklearn.preprocessing.MaxAbsScaler.transform X
sklearn.preprocessing.MinMaxScaler feature_range=? * copy=True clip=False
sklearn.preprocessing.MinMaxScaler.fit X y=None
sklearn.preprocessing.MinMaxScaler.fit_transform X y=None **fit_params
sklearn.preprocessing.MinMaxScaler.inverse_transform X
sklearn.preprocessing.MinMaxScaler.partial_fit X y=None
sklearn.preprocessing.MinMaxScaler.transform X
sklearn.preprocessing.MultiLabelBinarizer * classes=None sparse_output=False
sklearn.preprocessing.MultiLabelBinarizer.fit y
sklearn.preprocessing.MultiLabelBinarizer.fit_transform y
sklearn.preprocessing.MultiLabelBinarizer.inverse_transform yt
sklearn.preprocessing.MultiLabelBinarizer.transform y
sklearn.preprocessing.Normalizer norm='l2' * copy=True
sklearn.preprocessing.Normalizer.fit X y=None
sklearn.preprocessing.Normalizer.fit_transform X y=None **fit_params
sklearn.preprocessing.Normalizer.transform X copy=None
sklearn.preprocessing.OneHotEncoder * categories='auto' drop=None sparse_output=True dtype=? handle_unknown='error'
 min_frequency=None max_categories=None feature_name_combiner='concat'
sklearn.preprocessing.OneHotEncoder.fit X y=None
sklearn.preprocessing.OneHotEncoder.fit_transform X y=None **fit_params
sklearn.preprocessing.OneHotEncoder.inverse_transform X
sklearn.preprocessing.OneHotEncoder.transform X
sklearn.preprocessing.OrdinalEncoder * categories='auto' dtype=? handle_unknown='error' unknown_value=None
 encoded_missing_value=nan min_frequency=None max_categories=None
sklearn.preprocessing.OrdinalEncoder.fit X y=None
sklearn.preprocessing.OrdinalEncoder.fit_transform X y=None **fit_params
sklearn.preprocessing.OrdinalEncoder.inverse_transform X
sklearn.preprocessing.OrdinalEncoder.transform X
sklearn.preprocessing.PolynomialFeatures degree=2 * interaction_only=False include_bias=True order='C'
sklearn.preprocessing.PolynomialFeatures.fit X y=None
sklearn.preprocessing.PolynomialFeatures.fit_transform X y=None **fit_params
sklearn.preprocessing.PolynomialFeatures.transform X
sklearn.preprocessing.PowerTransformer method='yeo-johnson' * standardize=True copy=True
sklearn.preprocessing.PowerTransformer.fit X y=None
sklearn.preprocessing.PowerTransformer.fit_transform X y=None
sklearn.preprocessing.PowerTransformer.inverse_transform X
sklearn.preprocessing.PowerTransformer.transform X
sklearn.preprocessing.QuantileTransformer * n_quantiles=1000 output_distribution='uniform'
 ignore_implicit_zeros=False subsample=10000 random_state=None copy=True
sklearn.preprocessing.QuantileTransformer.fit X y=None
sklearn.preprocessing.QuantileTransformer.fit_transform X y=None **fit_params
sklearn.preprocessing.QuantileTransformer.inverse_transform X
sklearn.preprocessing.QuantileTransformer.transform X
sklearn.preprocessing.RobustScaler * with_centering=True with_scaling=True quantile_range=? copy=True
 unit_variance=False
sklearn.preprocessing.RobustScaler.fit X y=None
sklearn.preprocessing.RobustScaler.fit_transform X y=None **fit_params
sklearn.preprocessing.RobustScaler.inverse_transform X
sklearn.preprocessing.RobustScaler.transform X
sklearn.preprocessing.StandardScaler * copy=True with_mean=True with_std=True
sklearn.preprocessing.StandardScaler.fit X y=None sample_weight=None
sklearn.preprocessing.StandardScaler.fit_transform X y=None **fit_params
sklearn.preprocessing.StandardScaler.inverse_transform X copy=None
sklearn.preprocessing.StandardScaler.partial_fit X y=None sample_weight=None
sklearn.preprocessing.StandardScaler.transform X copy=None
sklearn.preprocessing.label_binarize y * classes neg_label=0 pos_label=1 sparse_output=False
sklearn.preprocessing.minmax_scale X feature_range=? * axis=0 copy=True
sklearn.preprocessing.normalize X norm='l2' * axis=1 copy=True return_norm=False
sklearn.preprocessing.scale X * axis=0 with_mean=True with_std=True copy=True
sklearn.utils.class_weight.compute_class_weight class_weight * classes y sample_weight=None
sklearn.utils.class_weight.compute_sample_weight class_weight y * indices=None
sklearn.utils.resample *arrays replace=True n_samples=None random_state=None stratify=None sample_weight=None
sklearn.utils.shuffle *arrays random_state=None n_samples=None
statistics.mean data
statistics.median data
statistics.pstdev data mu=None
statistics.stdev data xbar=None
tensorflow.RaggedTensorSpec shape=None dtype=? ragged_rank=None row_splits_dtype=? flat_values_spec=None
tensorflow.SparseTensorSpec shape=None dtype=?
tensorflow.TensorShape dims
tensorflow.TensorSpec shape dtype=? name=None
tensorflow.abs x name=None
tensorflow.acos x name=None
tensorflow.add x y name=None
tensorflow.argmax input axis=None output_type=? name=None
tensorflow.argmin input axis=None output_type=? name=None
tensorflow.argsort values axis=-1 direction='ASCENDING' stable=False name=None
tensorflow.asin x name=None
tensorflow.atan x name=None
tensorflow.atan2 y x name=None
tensorflow.atanh x name=None
tensorflow.broadcast_to input shape name=None
tensorflow.cast x dtype name=None
tensorflow.ceil x name=None
tensorflow.clip_by_value t clip_value_min clip_value_max name=None
tensorflow.compat.v1.where condition x=None y=None name=None
tensorflow.concat values axis name='concat'
tensorflow.conj x name=None
tensorflow.constant value dtype=None shape=None name='Const'
tensorflow.constant_initializer value=0 support_partition=False
tensorflow.convert_to_tensor value dtype=None dtype_hint=None name=None
tensorflow.cos x name=None
tensorflow.cosh x name=None
tensorflow.cumsum x axis=0 exclusive=False reverse=False name=None
tensorflow.data.Dataset.choose_from_datasets datasets choice_dataset stop_on_empty_dataset=True
tensorflow.data.Dataset.from_generator generator output_types=None output_shapes=None args=None output_signature=None
 name=None
tensorflow.data.Dataset.from_tensor_slices tensors name=None
tensorflow.data.Dataset.from_tensors tensors name=None
tensorflow.data.Dataset.list_files file_pattern shuffle=None seed=None name=None
tensorflow.data.Dataset.sample_from_datasets datasets weights=None seed=None stop_on_empty_dataset=False
 rerandomize_each_iteration=None
tensorflow.data.Dataset.zip *args datasets=None name=None
tensorflow.data.TFRecordDataset filenames compression_type=None buffer_size=None num_parallel_reads=None name=None
tensorflow.data.TextLineDataset filenames compression_type=None buffer_size=None num_parallel_reads=None name=None
tensorflow.data.experimental.cardinality dataset
tensorflow.divide x y name=None
tensorflow.divide_no_nan x y name=None
tensorflow.einsum equation *inputs **kwargs
tensorflow.elu features name=None
tensorflow.equal x y name=None
tensorflow.erf x name=None
tensorflow.exp x name=None
tensorflow.expand_dims input axis name=None
tensorflow.expm1 x name=None
tensorflow.eye num_rows num_columns=None batch_shape=None dtype=? name=None
tensorflow.fill dims value name=None layout=None
tensorflow.floor x name=None
tensorflow.floormod x y name=None
tensorflow.gelu features approximate=False name=None
tensorflow.greater x y name=None
tensorflow.greater_equal x y name=None
tensorflow.identity input name=None
tensorflow.image.adjust_brightness image delta
tensorflow.image.adjust_contrast images contrast_factor
tensorflow.image.adjust_gamma image gamma=1 gain=1
tensorflow.image.adjust_hue image delta name=None
tensorflow.image.adjust_saturation image saturation_factor name=None
tensorflow.image.convert_image_dtype image dtype saturate=False name=None
tensorflow.image.crop_to_bounding_box image offset_height offset_width target_height target_width
tensorflow.image.decode_bmp contents channels=0 name=None
tensorflow.image.decode_gif contents name=None
tensorflow.image.decode_image contents channels=None dtype=? name=None expand_animations=True
tensorflow.image.decode_jpeg contents channels=0 ratio=1 fancy_upscaling=True try_recover_truncated=False
 acceptable_fraction=1 dct_method='' name=None
tensorflow.image.decode_png contents channels=0 dtype=? name=None
tensorflow.image.flip_left_right image
tensorflow.image.flip_up_down image
tensorflow.image.grayscale_to_rgb images name=None
tensorflow.image.per_image_standardization image
tensorflow.image.random_brightness image max_delta seed=None
tensorflow.image.random_contrast image lower upper seed=None
tensorflow.image.random_crop value size seed=None name=None
tensorflow.image.random_flip_left_right image seed=None
tensorflow.image.random_flip_up_down image seed=None
tensorflow.image.random_hue image max_delta seed=None
tensorflow.image.random_jpeg_quality image min_jpeg_quality max_jpeg_quality seed=None
tensorflow.image.random_saturation image lower upper seed=None
tensorflow.image.resize images size method='bilinear' preserve_aspect_ratio=False antialias=False name=None
tensorflow.image.resize_with_crop_or_pad image target_height target_width
tensorflow.image.resize_with_pad image target_height target_width method='bilinear' antialias=False
tensorflow.image.rgb_to_grayscale images name=None
tensorflow.io.decode_bmp contents channels=0 name=None
tensorflow.io.decode_gif contents name=None
tensorflow.io.decode_image contents channels=None dtype=? name=None expand_animations=True
tensorflow.io.decode_jpeg contents channels=0 ratio=1 fancy_upscaling=True try_recover_truncated=False
 acceptable_fraction=1 dct_method='' name=None
tensorflow.io.decode_png contents channels=0 dtype=? name=None
tensorflow.io.read_file filename name=None
tensorflow.is_inf x name=None
tensorflow.is_nan x name=None
tensorflow.leaky_relu features alpha=0.2 name=None
tensorflow.less x y name=None
tensorflow.less_equal x y name=None
tensorflow.linalg.diag diagonal name='diag' k=0 num_rows=-1 num_cols=-1 padding_value=0 align='RIGHT_LEFT'
tensorflow.linalg.matmul a b transpose_a=False transpose_b=False adjoint_a=False adjoint_b=False a_is_sparse=False
 b_is_sparse=False output_type=None grad_a=False grad_b=False name=None
tensorflow.linspace start stop num name=None axis=0
tensorflow.log x name=None
tensorflow.log1p x name=None
tensorflow.log_softmax logits axis=None name=None
tensorflow.logical_and x y name=None
tensorflow.logical_not x name=None
tensorflow.logical_or x y name=None
tensorflow.logical_xor x y name='LogicalXor'
tensorflow.make_ndarray tensor
tensorflow.math.abs x name=None
tensorflow.math.acos x name=None
tensorflow.math.add x y name=None
tensorflow.math.asin x name=None
tensorflow.math.atan x name=None
tensorflow.math.atan2 y x name=None
tensorflow.math.atanh x name=None
tensorflow.math.ceil x name=None
tensorflow.math.conj x name=None
tensorflow.math.cos x name=None
tensorflow.math.cosh x name=None
tensorflow.math.divide x y name=None
tensorflow.math.divide_no_nan x y name=None
tensorflow.math.equal x y name=None
tensorflow.math.erf x name=None
tensorflow.math.exp x name=None
tensorflow.math.expm1 x name=None
tensorflow.math.floor x name=None
tensorflow.math.floormod x y name=None
tensorflow.math.greater x y name=None
tensorflow.math.greater_equal x y name=None
tensorflow.math.is_inf x name=None
tensorflow.math.is_nan x name=None
tensorflow.math.less x y name=None
tensorflow.math.less_equal x y name=None
tensorflow.math.log x name=None
tensorflow.math.log1p x name=None
tensorflow.math.log_softmax logits axis=None name=None
tensorflow.math.logical_and x y name=None
tensorflow.math.logical_not x name=None
tensorflow.math.logical_or x y name=None
tensorflow.math.logical_xor x y name='LogicalXor'
tensorflow.math.maximum x y name=None
tensorflow.math.minimum x y name=None
tensorflow.math.mod x y name=None
tensorflow.math.multiply x y name=None
tensorflow.math.negative x name=None
tensorflow.math.not_equal x y name=None
tensorflow.math.pow x y name=None
tensorflow.math.real input name=None
tensorflow.math.reciprocal x name=None
tensorflow.math.reduce_std input_tensor axis=None keepdims=False name=None
tensorflow.math.rint x name=None
tensorflow.math.round x name=None
tensorflow.math.rsqrt x name=None
tensorflow.math.sigmoid x name=None
tensorflow.math.sign x name=None
tensorflow.math.sin x name=None
tensorflow.math.sinh x name=None
tensorflow.math.softmax logits axis=None name=None
tensorflow.math.softplus features name=None
tensorflow.math.sqrt x name=None
tensorflow.math.square x name=None
tensorflow.math.squared_difference x y name=None
tensorflow.math.subtract x y name=None
tensorflow.math.tan x name=None
tensorflow.math.tanh x name=None
tensorflow.matmul a b transpose_a=False transpose_b=False adjoint_a=False adjoint_b=False a_is_sparse=False
 b_is_sparse=False output_type=None grad_a=False grad_b=False name=None
tensorflow.maximum x y name=None
tensorflow.minimum x y name=None
tensorflow.mod x y name=None
tensorflow.multiply x y name=None
tensorflow.negative x name=None
tensorflow.nn.elu features name=None
tensorflow.nn.gelu features approximate=False name=None
tensorflow.nn.leaky_relu features alpha=0.2 name=None
tensorflow.nn.log_softmax logits axis=None name=None
tensorflow.nn.relu features name=None
tensorflow.nn.relu6 features name=None
tensorflow.nn.selu features name=None
tensorflow.nn.sigmoid x name=None
tensorflow.nn.silu features beta=1.0
tensorflow.nn.softmax logits axis=None name=None
tensorflow.nn.softplus features name=None
tensorflow.nn.swish features beta=1.0
tensorflow.nn.tanh x name=None
tensorflow.norm tensor ord='euclidean' axis=None keepdims=None name=None
tensorflow.not_equal x y name=None
tensorflow.one_hot indices depth on_value=None off_value=None axis=None dtype=None name=None
tensorflow.ones shape dtype=? name=None layout=None
tensorflow.ones_like input dtype=None name=None layout=None
tensorflow.pad tensor paddings mode='CONSTANT' constant_values=0 name=None
tensorflow.pow x y name=None
tensorflow.random.categorical logits num_samples dtype=None seed=None name=None
tensorflow.random.normal shape mean=0.0 stddev=1.0 dtype=? seed=None name=None
tensorflow.random.set_seed seed
tensorflow.random.shuffle value seed=None name=None
tensorflow.random.truncated_normal shape mean=0.0 stddev=1.0 dtype=? seed=None name=None
tensorflow.random.uniform shape minval=0 maxval=None dtype=? seed=None name=None
tensorflow.random_normal shape mean=0.0 stddev=1.0 dtype=? seed=None name=None
tensorflow.random_uniform shape minval=0 maxval=None dtype=? seed=None name=None
tensorflow.range start limit=None delta=1 dtype=None name='range'
tensorflow.rank input name=None
tensorflow.real input name=None
tensorflow.reciprocal x name=None
tensorflow.reduce_all input_tensor axis=None keepdims=False name=None
tensorflow.reduce_any input_tensor axis=None keepdims=False name=None
tensorflow.reduce_max input_tensor axis=None keepdims=False name=None
tensorflow.reduce_mean input_tensor axis=None keepdims=False name=None
tensorflow.reduce_min input_tensor axis=None keepdims=False name=None
tensorflow.reduce_prod input_tensor axis=None keepdims=False name=None
tensorflow.reduce_std input_tensor axis=None keepdims=False name=None
tensorflow.reduce_sum input_tensor axis=None keepdims=False name=None
tensorflow.relu features name=None
tensorflow.relu6 features name=None
tensorflow.repeat input repeats axis=None name=None
tensorflow.reshape tensor shape name=None
tensorflow.reverse tensor axis name=None
tensorflow.rint x name=None
tensorflow.roll input shift axis name=None
tensorflow.round x name=None
tensorflow.rsqrt x name=None
tensorflow.saturate_cast value dtype name=None
tensorflow.selu features name=None
tensorflow.shape input out_type=None name=None
tensorflow.sigmoid x name=None
tensorflow.sign x name=None
tensorflow.silu features beta=1.0
tensorflow.sin x name=None
tensorflow.sinh x name=None
tensorflow.size input out_type=None name=None
tensorflow.softmax logits axis=None name=None
tensorflow.softplus features name=None
tensorflow.sort values axis=-1 direction='ASCENDING' name=None
tensorflow.split value num_or_size_splits axis=0 num=None name='split'
tensorflow.sqrt x name=None
tensorflow.square x name=None
tensorflow.squared_difference x y name=None
tensorflow.squeeze input axis=None name=None
tensorflow.stack values axis=0 name='stack'
tensorflow.stop_gradient input name=None
tensorflow.subtract x y name=None
tensorflow.swish features beta=1.0
tensorflow.tan x name=None
tensorflow.tanh x name=None
tensorflow.tensordot a b axes name=None
tensorflow.tile input multiples name=None
tensorflow.to_float x name='ToFloat'
tensorflow.to_int32 x name='ToInt32'
tensorflow.to_int64 x name='ToInt64'
tensorflow.transpose a perm=None conjugate=False name='transpose'
tensorflow.truncated_normal shape mean=0.0 stddev=1.0 dtype=? seed=None name=None
tensorflow.unique x out_idx=? name=None
tensorflow.unstack value num=None axis=0 name='unstack'
tensorflow.where condition x=None y=None name=None
tensorflow.zeros shape dtype=? name=None layout=None
tensorflow.zeros_like input dtype=None name=None layout=None
"""
