using DklActors.Journal.Storage;

namespace DklActors.Journal.Integrity;

/// <summary>What a back end shows of itself to be verified.</summary>
internal interface IChainSource
{
    /// <summary>Rows in the order of the chain, as stored and unchecked.</summary>
    IEnumerable<ChainedRow> ReadRows();

    /// <summary>What is wrong with what the chain does not cover: the store itself, writers, tags; or null.</summary>
    string? FindIrregularity();

    /// <inheritdoc cref="IJournalReader.ReadContent"/>
    ReadOnlyMemory<byte> ReadContent(ContentHash hash);

    /// <summary>Whether the contents that a stream names are kept beside this journal.</summary>
    bool HoldsContentsOf(string stream) => true;
}
