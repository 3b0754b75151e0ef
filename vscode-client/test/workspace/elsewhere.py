"""Never opened: only a check of the workspace finds what is wrong here."""

from keras import layers, models

model = models.Sequential([layers.Input((8,)), layers.Reshape((3, 3)), layers.Dense(2)])
