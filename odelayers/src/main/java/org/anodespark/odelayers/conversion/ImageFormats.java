/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.conversion;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;

/** The layers of DL4J that work on images in either format, and say in which. */
final class ImageFormats {
  private static final List<Property<?>> PROPERTIES =
      List.of(
          new Property<>(
              ConvolutionLayer.class,
              ConvolutionLayer::getCnn2dDataFormat,
              ConvolutionLayer::setCnn2dDataFormat),
          new Property<>(
              SubsamplingLayer.class,
              SubsamplingLayer::getCnn2dDataFormat,
              SubsamplingLayer::setCnn2dDataFormat),
          new Property<>(
              BatchNormalization.class,
              BatchNormalization::getCnn2DFormat,
              BatchNormalization::setCnn2DFormat),
          new Property<>(Upsampling2D.class, Upsampling2D::getFormat, Upsampling2D::setFormat),
          new Property<>(
              ZeroPaddingLayer.class,
              ZeroPaddingLayer::getDataFormat,
              ZeroPaddingLayer::setDataFormat),
          new Property<>(Cropping2D.class, Cropping2D::getDataFormat, Cropping2D::setDataFormat),
          new Property<>(
              LocalResponseNormalization.class,
              LocalResponseNormalization::getDataFormat,
              LocalResponseNormalization::setDataFormat),
          new Property<>(CnnLossLayer.class, CnnLossLayer::getFormat, CnnLossLayer::setFormat));

  private ImageFormats() {}

  private record Property<L extends Layer>(
      Class<L> type, Function<L, CNN2DFormat> getter, BiConsumer<L, CNN2DFormat> setter) {
    boolean fits(Layer bean) {
      // layers on sequences inherit a format that they do not use
      return type.isInstance(bean)
          && !(bean instanceof Convolution1DLayer)
          && !(bean instanceof Subsampling1DLayer);
    }

    CNN2DFormat get(Layer bean) {
      return getter.apply(type.cast(bean));
    }

    void set(Layer bean, CNN2DFormat format) {
      setter.accept(type.cast(bean), format);
    }
  }

  /** The format that a layer says it has; null if it says nothing. */
  static CNN2DFormat of(Layer bean) {
    return PROPERTIES.stream()
        .filter(property -> property.fits(bean))
        .map(property -> property.get(bean))
        .findFirst()
        .orElse(null);
  }

  /** Changes the format of a layer that says one. */
  static void set(Layer bean, CNN2DFormat format) {
    PROPERTIES.stream()
        .filter(property -> property.fits(bean))
        .forEach(property -> property.set(bean, format));
  }
}
