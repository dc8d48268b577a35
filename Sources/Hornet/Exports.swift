@_exported public import HornetLayers
@_exported public import HornetLinear
@_exported public import HornetMetrics
@_exported public import HornetModelFiles
@_exported public import HornetOptimizers
@_exported public import HornetSupport
@_exported public import HornetTensor
@_exported public import HornetTextPrep
