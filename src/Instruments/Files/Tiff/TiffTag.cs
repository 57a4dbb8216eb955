namespace DklActors.Instruments.Files.Tiff;

/// <summary>Numbers of the tags that are read.</summary>
internal static class TiffTag
{
    public const int Width = 256;
    public const int Height = 257;
    public const int BitsPerSample = 258;
    public const int Compression = 259;
    public const int Photometric = 262;
    public const int Description = 270;
    public const int StripOffsets = 273;
    public const int SamplesPerPixel = 277;
    public const int RowsPerStrip = 278;
    public const int StripByteCounts = 279;
    public const int XResolution = 282;
    public const int YResolution = 283;
    public const int ResolutionUnit = 296;
    public const int Software = 305;
    public const int Date = 306;
    public const int Predictor = 317;
    public const int TileWidth = 322;
    public const int TileLength = 323;
    public const int TileOffsets = 324;
    public const int TileByteCounts = 325;
    public const int SampleFormat = 339;

    /// <summary>Text of FEI and Thermo Fisher instruments, in lines of name=value.</summary>
    public const int FeiHelios = 34682;

    /// <summary>Unit of the columns in an export of DigitalMicrograph.</summary>
    public const int GatanUnit = 65003;

    /// <summary>Size of a pixel along the columns in an export of DigitalMicrograph.</summary>
    public const int GatanScale = 65009;
}
