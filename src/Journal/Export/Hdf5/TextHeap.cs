using System.Text;

namespace DklActors.Journal.Export.Hdf5;

/// <summary>A global heap collection: where the texts of attributes lie.</summary>
internal sealed class TextHeap
{
    private const int HeaderLength = 16;
    private const int LeastLength = 4096;
    private const int MostTexts = ushort.MaxValue - 1;

    private readonly Dictionary<string, ushort> _places = [];
    private readonly List<byte[]> _texts = [];

    public long Address { get; private set; }

    /// <exception cref="InvalidOperationException">More texts than one collection numbers.</exception>
    public void Add(string text)
    {
        if (text.Length == 0 || _places.ContainsKey(text))
        {
            return;
        }

        if (_texts.Count == MostTexts)
        {
            throw new InvalidOperationException($"An HDF5 file of more than {MostTexts} texts is not supported.");
        }

        _texts.Add(Encoding.UTF8.GetBytes(text));
        _places.Add(text, (ushort)_texts.Count);
    }

    /// <summary>What an attribute has for a text: its length and where it lies; an empty one lies nowhere.</summary>
    public void WriteReference(BinaryWriter writer, string text)
    {
        bool isEmpty = text.Length == 0;
        writer.Write(isEmpty ? 0 : _texts[_places[text] - 1].Length);
        writer.Write(isEmpty ? 0 : Address);
        writer.Write(isEmpty ? 0 : (int)_places[text]);
    }

    public void Write(BinaryWriter writer)
    {
        Address = writer.BaseStream.Position;
        long used = HeaderLength + _texts.Sum(static text => HeaderLength + Padding.Padded(text.Length));
        // What is left over is object 0, whose header has to fit.
        long length = Math.Max(LeastLength, used + HeaderLength);
        writer.Write("GCOL"u8);
        writer.Write(1);
        writer.Write(length);
        for (int i = 0; i < _texts.Count; i++)
        {
            WriteObjectHeader(writer, (ushort)(i + 1), _texts[i].Length);
            writer.Write(_texts[i]);
            writer.Write(new byte[Padding.Padded(_texts[i].Length) - _texts[i].Length]);
        }

        WriteObjectHeader(writer, 0, length - used);
        writer.Write(new byte[length - used - HeaderLength]);
    }

    private static void WriteObjectHeader(BinaryWriter writer, ushort index, long length)
    {
        writer.Write(index);
        writer.Write((ushort)0);
        writer.Write(0);
        writer.Write(length);
    }
}
