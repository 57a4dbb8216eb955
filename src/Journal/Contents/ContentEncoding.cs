namespace DklActors.Journal.Contents;

/// <summary>How the bytes of a content are packed.</summary>
internal enum ContentEncoding : byte
{
    /// <summary>As they are.</summary>
    Plain = 0,

    /// <summary>Deflated (RFC 1950).</summary>
    Zlib = 1,

    /// <summary>
    /// All first bytes of the float32 words, then all second ones, and so on, deflated: counts differ in few of their
    /// bytes. HDF5 calls this the shuffle filter. A tail that is no whole word follows as it is.
    /// </summary>
    ShuffledZlib = 2,
}
