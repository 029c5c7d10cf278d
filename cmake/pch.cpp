// Holds the precompiled header that all layers share; see ImagifyLayer.cmake.
