"""Arguments that change neither the shape, the type nor the range of what a function gives, so nobody reads them.

A name that is not here and that no handler asks for makes the result unknown.
"""

from __future__ import annotations

from functools import cache
from typing import Final

_EVERYWHERE: Final = frozenset("name verbose random_state seed copy subok like device n_jobs".split())
_IN_PLACES: Final = """
DataFrame fill_value errors level limit limit_area limit_direction kind na_position sort_remaining key
 engine_kwargs
DataFrame.append ignore_index
DataFrame.apply args
DataFrame.applymap func na_action
DataFrame.bfill axis
DataFrame.clip lower upper axis
DataFrame.convert_dtypes infer_objects convert_string convert_integer convert_boolean convert_floating
DataFrame.copy deep
DataFrame.corr method min_periods
DataFrame.cov min_periods ddof
DataFrame.cumsum axis skipna
DataFrame.describe percentiles include exclude
DataFrame.diff periods axis
DataFrame.drop errors
DataFrame.drop_duplicates subset keep ignore_index
DataFrame.dropna how thresh subset ignore_index
DataFrame.duplicated subset keep
DataFrame.ewm com span halflife alpha min_periods adjust ignore_na times
DataFrame.expanding min_periods
DataFrame.ffill axis
DataFrame.fillna value axis method
DataFrame.filter like regex arg
DataFrame.groupby by as_index sort group_keys observed dropna axis
DataFrame.insert value allow_duplicates
DataFrame.interpolate method axis
DataFrame.isin values
DataFrame.map func na_action
DataFrame.mask cond other axis
DataFrame.max skipna
DataFrame.mean skipna
DataFrame.median skipna
DataFrame.min skipna
DataFrame.pct_change periods fill_method freq
DataFrame.pivot_table values index columns aggfunc fill_value margins dropna margins_name observed sort
DataFrame.prod skipna min_count
DataFrame.query parser engine local_dict global_dict expr
DataFrame.rank method na_option ascending pct axis
DataFrame.rename_axis mapper index columns axis
DataFrame.replace to_replace value regex
DataFrame.resample rule closed label convention on origin offset group_keys axis
DataFrame.reset_index col_level col_fill allow_duplicates names
DataFrame.rolling window min_periods center closed
DataFrame.round decimals
DataFrame.sample replace weights ignore_index
DataFrame.select_dtypes include exclude
DataFrame.set_index verify_integrity
DataFrame.shift freq fill_value suffix axis
DataFrame.sort_index axis ascending ignore_index
DataFrame.sort_values by ascending ignore_index
DataFrame.std ddof skipna
DataFrame.sum skipna min_count
DataFrame.value_counts subset normalize sort ascending dropna
DataFrame.var ddof skipna
DataFrame.where cond other axis
Dataset deterministic num_parallel_calls reshuffle_each_iteration buffer_size
Dataset.cache filename
Dataset.enumerate start
Dataset.filter predicate
Dataset.ignore_errors log_warning
Dataset.interleave cycle_length block_length
Dataset.map synchronous use_unbounded_threadpool
Dataset.padded_batch padding_values
Dataset.snapshot path compression reader_func shard_func
Dataset.take_while predicate
Dataset.window shift
Dataset.with_options options
PIL.Image resample reducing_gap fillcolor dither palette color formats fp filter box
PIL.Image.Image.rotate angle expand center translate
PIL.Image.Image.transpose method
Series fill_value errors level limit limit_area limit_direction kind na_position sort_remaining key
Series.apply func args convert_dtype
Series.applymap func
Series.argsort axis kind order stable
Series.between left right inclusive
Series.bfill axis
Series.clip lower upper axis
Series.convert_dtypes infer_objects convert_string convert_integer convert_boolean convert_floating
Series.copy deep
Series.cumsum axis skipna
Series.diff periods
Series.drop axis
Series.drop_duplicates keep ignore_index
Series.dropna axis how ignore_index
Series.duplicated keep
Series.ewm com span halflife alpha min_periods adjust ignore_na times
Series.expanding min_periods
Series.ffill axis
Series.fillna value method axis
Series.groupby by as_index sort group_keys observed dropna
Series.interpolate method axis
Series.isin values
Series.map func arg na_action engine
Series.mask cond other axis
Series.max skipna axis
Series.mean skipna axis
Series.median skipna axis
Series.min skipna axis
Series.pct_change periods fill_method freq
Series.rank method na_option ascending pct axis
Series.rename_axis mapper index axis
Series.replace to_replace value regex method
Series.resample rule closed label convention on origin offset group_keys
Series.reset_index allow_duplicates
Series.rolling window min_periods center win_type closed
Series.round decimals
Series.sample replace weights ignore_index axis
Series.shift freq axis fill_value
Series.sort_index axis ascending ignore_index
Series.sort_values by axis ascending ignore_index
Series.std skipna axis ddof
Series.sum skipna axis min_count
Series.value_counts normalize sort ascending bins dropna
Series.var skipna axis ddof
Series.where cond other axis
cv2 interpolation dst fx fy dstCn
glob pathname root_dir dir_fd recursive include_hidden
keras.backend.random_normal mean stddev
keras.backend.softmax axis
keras.datasets path cache_subdir
keras.datasets.imdb.load_data start_char
keras.datasets.reuters.load_data start_char
keras.layers factor scale offset mean variance fill_mode fill_value interpolation value_range stddev
 crop_to_aspect_ratio pad_to_aspect_ratio antialias height_factor width_factor zoom_height_factor
 zoom_width_factor x_factor y_factor axis invert standardize split encoding vocabulary idf_weights
 pad_to_max_tokens mode
keras.ops.convert_to_tensor sparse ragged
keras.ops.eye k
keras.ops.full_like fill_value
keras.ops.gelu approximate
keras.ops.isclose rtol atol equal_nan
keras.ops.leaky_relu negative_slope
keras.ops.log_softmax axis
keras.ops.nan_to_num nan posinf neginf
keras.ops.softmax axis
keras.random mean stddev
keras.utils.ImageDataGenerator featurewise_center samplewise_center featurewise_std_normalization
 samplewise_std_normalization zca_whitening zca_epsilon rotation_range width_shift_range height_shift_range
 brightness_range shear_range zoom_range channel_shift_range fill_mode cval horizontal_flip vertical_flip rescale
 preprocessing_function validation_split interpolation_order
keras.utils.ImageDataGenerator.flow shuffle save_to_dir save_prefix save_format ignore_class_split
keras.utils.ImageDataGenerator.flow_from_dataframe dataframe directory x_col y_col shuffle save_to_dir
 save_prefix save_format interpolation validate_filenames subset drop_duplicates has_ext
keras.utils.ImageDataGenerator.flow_from_directory directory shuffle save_to_dir save_prefix save_format
 follow_links interpolation keep_aspect_ratio subset
keras.utils.TimeseriesGenerator shuffle reverse stride start_index end_index
keras.utils.Tokenizer filters lower split char_level oov_token analyzer document_count
keras.utils.Tokenizer.sequences_to_matrix mode
keras.utils.Tokenizer.texts_to_matrix mode
keras.utils.audio_dataset_from_directory directory sampling_rate shuffle validation_split follow_links
keras.utils.hashing_trick text hash_function filters lower split analyzer
keras.utils.image_dataset_from_directory directory shuffle validation_split interpolation follow_links
 smart_resize crop_to_aspect_ratio pad_to_aspect_ratio
keras.utils.load_img path interpolation keep_aspect_ratio
keras.utils.normalize axis
keras.utils.one_hot input_text text filters lower split analyzer
keras.utils.pad_sequences padding truncating
keras.utils.split_dataset shuffle preferred_backend
keras.utils.text_dataset_from_directory directory max_length shuffle validation_split follow_links
keras.utils.text_to_word_sequence input_text text filters lower split
keras.utils.timeseries_dataset_from_array shuffle start_index end_index sequence_stride
ndarray.astype order casting
ndarray.copy order
ndarray.toarray order
ndarray.todense order
numpy order casting
numpy.argpartition kth kind
numpy.argsort kind stable
numpy.around decimals
numpy.array order
numpy.asanyarray order
numpy.asarray order
numpy.average weights
numpy.copy order
numpy.empty order
numpy.empty_like order
numpy.eye k order
numpy.flip axis
numpy.full order
numpy.full_like order fill_value
numpy.genfromtxt comments delimiter skip_header skip_footer converters missing_values filling_values excludelist
 deletechars replace_space autostrip case_sensitive defaultfmt loose invalid_raise max_rows encoding
numpy.geomspace endpoint
numpy.histogram a range
numpy.in1d assume_unique invert kind
numpy.isclose rtol atol equal_nan
numpy.isin test_elements assume_unique invert kind
numpy.lexsort keys
numpy.linalg.norm ord
numpy.linspace endpoint
numpy.load file mmap_mode allow_pickle fix_imports encoding max_header_size
numpy.loadtxt comments delimiter skiprows converters max_rows encoding quotechar
numpy.logspace endpoint base
numpy.median overwrite_input
numpy.nan_to_num nan posinf neginf
numpy.nanmedian overwrite_input
numpy.nanpercentile q interpolation method overwrite_input
numpy.nanstd ddof mean correction
numpy.ones order
numpy.ones_like order
numpy.percentile q interpolation method overwrite_input
numpy.quantile q interpolation method overwrite_input
numpy.random p replace cov check_valid tol method shuffle n
numpy.random.Generator.permutation axis
numpy.random.Generator.standard_exponential method
numpy.random.binomial p
numpy.roll shift axis
numpy.round decimals
numpy.sort kind stable
numpy.std ddof mean correction
numpy.unique equal_nan sorted
numpy.var ddof mean correction
numpy.zeros order
numpy.zeros_like order
os path top topdown onerror followlinks
pandas.concat names verify_integrity sort
pandas.date_range start end freq tz normalize inclusive closed unit
pandas.factorize sort size_hint
pandas.get_dummies prefix prefix_sep dtype
pandas.read_csv sep delimiter header dtype engine converters true_values false_values skipinitialspace skiprows
 skipfooter na_values keep_default_na na_filter skip_blank_lines parse_dates date_format dayfirst cache_dates
 compression thousands decimal lineterminator quotechar quoting doublequote escapechar comment encoding
 encoding_errors dialect on_bad_lines low_memory memory_map float_precision storage_options dtype_backend
 delim_whitespace infer_datetime_format date_parser error_bad_lines warn_bad_lines mangle_dupe_cols
pandas.read_excel header dtype engine converters skiprows na_values keep_default_na parse_dates date_format
 thousands decimal comment skipfooter storage_options dtype_backend engine_kwargs true_values false_values
pandas.read_fwf colspecs widths infer_nrows header sep delimiter skiprows na_values
pandas.read_hdf key mode errors
pandas.read_json orient dtype convert_axes convert_dates encoding lines compression precise_float
pandas.read_parquet engine storage_options
pandas.read_pickle compression storage_options
pandas.read_sql sql con parse_dates params coerce_float
pandas.read_table sep delimiter header dtype engine skiprows na_values parse_dates encoding comment
 delim_whitespace low_memory skipinitialspace decimal thousands
pandas.to_datetime errors dayfirst yearfirst utc format exact unit origin cache infer_datetime_format
pandas.to_numeric errors downcast dtype_backend
pandas.window ddof
random.gauss mu sigma
random.normalvariate mu sigma
random.randrange step
random.sample counts
random.uniform a b
scipy.stats.zscore axis ddof nan_policy
skimage.transform.resize order mode cval clip preserve_range anti_aliasing anti_aliasing_sigma
sklearn y groups sample_weight
sklearn.compose.ColumnTransformer transformers remainder sparse_threshold transformer_weights
 verbose_feature_names_out
sklearn.datasets data_home download_if_missing n_retries delay shuffle noise factor cluster_std center_box
 n_informative n_redundant n_repeated n_clusters_per_class flip_y class_sep hypercube shift scale bias
 effective_rank tail_strength hole mean cov n_labels length allow_unlabeled cache parser version scaled weights
sklearn.decomposition whiten svd_solver tol iterated_power n_oversamples power_iteration_normalizer algorithm
 n_iter init solver beta_loss max_iter alpha_W alpha_H l1_ratio shuffle W H
sklearn.feature_extraction.text input encoding decode_error strip_accents lowercase preprocessor tokenizer
 stop_words token_pattern ngram_range analyzer max_df min_df max_features vocabulary binary dtype norm use_idf
 smooth_idf sublinear_tf
sklearn.feature_selection.SelectKBest score_func
sklearn.impute.KNNImputer missing_values n_neighbors weights metric
sklearn.impute.SimpleImputer missing_values strategy fill_value
sklearn.model_selection X shuffle stratify random_state max_train_size test_size train_size gap n_repeats
sklearn.preprocessing threshold method standardize n_quantiles output_distribution ignore_implicit_zeros
 subsample with_centering with_scaling quantile_range unit_variance with_mean with_std handle_unknown
 encoded_missing_value clip
sklearn.preprocessing.Normalizer norm
sklearn.preprocessing.OneHotEncoder feature_name_combiner
sklearn.preprocessing.OrdinalEncoder categories unknown_value min_frequency max_categories
sklearn.preprocessing.PolynomialFeatures order
sklearn.preprocessing.minmax_scale feature_range axis
sklearn.preprocessing.normalize norm axis
sklearn.preprocessing.scale axis
sklearn.utils replace stratify
sklearn.utils.class_weight class_weight
statistics data xbar mu
tensorflow validate_indices
tensorflow.Variable trainable caching_device validate_shape constraint synchronization aggregation
tensorflow.argsort direction stable
tensorflow.constant verify_shape
tensorflow.convert_to_tensor dtype_hint preferred_dtype
tensorflow.cumsum exclusive reverse
tensorflow.data stop_on_empty_dataset rerandomize_each_iteration weights choice_dataset compression_type
 buffer_size num_parallel_reads num_parallel_calls filenames file_pattern shuffle args
tensorflow.gelu approximate
tensorflow.image delta contrast_factor gamma gain saturation_factor max_delta lower upper min_jpeg_quality
 max_jpeg_quality method antialias saturate offset_height offset_width contents ratio fancy_upscaling
 try_recover_truncated acceptable_fraction dct_method
tensorflow.io filename contents ratio fancy_upscaling try_recover_truncated acceptable_fraction dct_method
tensorflow.linalg.matmul a_is_sparse b_is_sparse
tensorflow.log_softmax axis
tensorflow.math.gelu approximate
tensorflow.math.log_softmax axis
tensorflow.matmul a_is_sparse b_is_sparse
tensorflow.nn.gelu approximate
tensorflow.nn.leaky_relu alpha
tensorflow.nn.log_softmax axis
tensorflow.nn.softmax axis
tensorflow.norm ord
tensorflow.one_hot on_value off_value
tensorflow.random mean stddev
tensorflow.random_normal mean stddev
tensorflow.reverse axis
tensorflow.roll shift axis
tensorflow.softmax axis
tensorflow.sort direction
tensorflow.transpose conjugate
tensorflow_datasets data_dir shuffle_files download decoders read_config download_and_prepare_kwargs
 as_dataset_kwargs try_gcs builder_kwargs
tqdm desc total leave ncols unit unit_scale position file disable mininterval miniters ascii colour bar_format
 postfix initial dynamic_ncols smoothing
"""
"""A function, or a module or class for all of its functions, with the names of arguments."""


def is_harmless(path: str, name: str) -> bool:
    """Whether an argument of a function, or of every function of a module or class, has no influence."""
    if name in _EVERYWHERE:
        return True
    while path:
        if name in _table().get(path, ()):
            return True
        path = path.rpartition(".")[0]
    return False


@cache
def _table() -> dict[str, frozenset[str]]:
    lines = (line.split() for line in _IN_PLACES.replace("\n ", " ").splitlines() if line)
    return {path: frozenset(names) for path, *names in lines}
